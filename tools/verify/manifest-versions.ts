/**
 * Manifests are written once, so a manifest with another version, or a deleted one, was tampered with. Only versions show
 * that if everything after it was made anew.
 */
import { numberOfManifest, prefixes } from '../../handlers/shared/bucket-layout';
import type { EvidenceStore, ObjectVersion } from './evidence-store';
import { type Finding, finding, reasonOf } from './findings';

/** @param isExpired - whether the manifest of a number may be gone */
export async function manifestVersionFindings(
  store: EvidenceStore,
  environment: string,
  isExpired: (number: number) => boolean,
): Promise<Finding[]> {
  const folder = prefixes.manifests(environment);
  try {
    const versions: ObjectVersion[] = [];
    for await (const version of store.versions(folder))
      if (numberOfManifest(version.key) !== undefined) versions.push(version);
    const byKey = Map.groupBy(versions, ({ key }) => key);
    return [...byKey].flatMap(([key, found]) =>
      isExpired(numberOfManifest(key) ?? 0) ? [] : versionFindings(key, found),
    );
  } catch (error) {
    return [finding('note', folder, `versions could not be listed: ${reasonOf(error)}`)];
  }
}

function versionFindings(key: string, found: readonly ObjectVersion[]): Finding[] {
  const versions = found.filter(({ isDeleteMarker }) => !isDeleteMarker);
  const ids = versions.map(({ versionId }) => versionId).join(', ');
  if (versions.length > 1)
    return [finding('altered', key, `it was written once, but has ${versions.length} versions: ${ids}`)];
  if (found.length === versions.length) return [];
  return [finding('missing', key, ids === '' ? 'deleted' : `deleted; version ${ids} still has it`)];
}
