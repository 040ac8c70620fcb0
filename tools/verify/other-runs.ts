/** What several runs of a date say of the same report, and which runs have no manifest. */
import { keys, prefixes } from '../../handlers/shared/bucket-layout';
import { type DayContents, collectedBy, hasView } from './day-contents';
import { type Finding, finding } from './findings';
import type { EvidenceReader } from './reader';
import type { Claim } from './report-status';
import { parseView } from './view';

/** The runs that stored a report, by its key. */
export class Claims {
  private readonly byKey = new Map<string, Claim[]>();

  add(key: string, claim: Claim): void {
    const claims = this.byKey.get(key);
    if (claims) claims.push(claim);
    else this.byKey.set(key, [claim]);
  }

  /** Whoever says to have stored a report; nobody if only one run can have. */
  of(key: string): readonly Claim[] {
    return this.byKey.get(key) ?? [];
  }
}

/**
 * Adds what runs without a manifest stored.
 * @returns the run that stored a report, by its key
 */
export async function claimsWithoutManifest(
  reader: EvidenceReader,
  contents: DayContents,
  runs: readonly string[],
  claims: Claims,
  unread: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const stored = new Map<string, string>();
  for (const run of runs) {
    for (const { key, sha256, collectedAt } of await collectedBy(reader, contents, run)) {
      claims.add(key, { by: run, manifest: unread.has(run) ? 'unreadable' : 'none', sha256, collectedAt });
      stored.set(key, run);
    }
  }
  return stored;
}

/**
 * The manifest that the view of a run names, by run, for the runs whose manifest could not be read. What they stored
 * is neither right nor wrong.
 */
export async function runsOfUnreadable(
  reader: EvidenceReader,
  contents: DayContents,
  withoutManifest: readonly string[],
  unreadable: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (unreadable.size === 0) return found;
  for (const run of withoutManifest.filter((one) => hasView(contents, one))) {
    const read = await reader.content(keys.view(run));
    const view = 'found' in read && read.found ? parseView(read.found) : undefined;
    if (view && unreadable.has(view.manifest.key)) found.set(run, view.manifest.key);
  }
  return found;
}

/**
 * Runs whose manifest existed and is gone.
 * @param withoutManifest - runs that left files
 * @param lost - runs that later manifests name: their number
 */
export function lostManifests(
  contents: DayContents,
  withoutManifest: readonly string[],
  lost: ReadonlyMap<string, number>,
): Finding[] {
  const told = withoutManifest.filter((run) => hasView(contents, run));
  return [...new Set([...told, ...lost.keys()])].map((run) => {
    const number = lost.get(run);
    const reason = number === undefined ? 'its view exists' : `it was manifest ${number}`;
    return finding(
      'missing',
      `${prefixes.runs}${run}/`,
      `the manifest of this run is not in the chain, but ${reason}`,
    );
  });
}
