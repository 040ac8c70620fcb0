import pMap from 'p-map';
import type { Manifest } from '../../handlers/core/manifest';
import { type Finding, finding } from './findings';
import type { EvidenceReader } from './reader';
import { type Claim, type CollectedObject, collectedIn, needsVersion, reportStatus } from './report-status';
import { type ViewProps, verifyView } from './verify-view';
import type { View } from './view';

export interface RunProps extends ViewProps {
  readonly manifest: Manifest;
  /** Only the view of others is read, for the key of their page. */
  readonly isSelected: boolean;
  /** What runs of the date say of a report, by its key; empty if no other run stored reports. */
  readonly claimsOf: (key: string) => readonly Claim[];
  readonly onObject: () => void;
}

/** What is as its manifest says, and what is not. */
export interface VerifiedRun {
  reports: number;
  files: number;
  readonly findings: Finding[];
  readonly view?: View;
}

/** Verifies everything that a manifest names, and its view. */
export async function verifyRun(reader: EvidenceReader, props: RunProps): Promise<VerifiedRun> {
  const { manifest, isExpired, isSelected } = props;
  const { view, findings } = await verifyView(reader, props);
  const result: VerifiedRun = {
    reports: 0,
    files: view ? 1 : 0,
    findings: [...findings],
    ...(view && { view }),
  };
  if (!isSelected) return result;
  const files = [...manifest.files, ...(view ? [view.page] : [])];
  result.files += await countRight(files, (file) => reader.fileFinding(file, isExpired));
  const right = (kind: CollectedObject['kind']) =>
    countRight(
      collectedIn(manifest).filter((collected) => collected.kind === kind),
      (collected) => reportFinding(reader, collected, props),
    );
  result.reports += await right('report');
  result.files += await right('list');
  return result;

  async function countRight<Item>(
    items: readonly Item[],
    check: (item: Item) => Promise<Finding | undefined>,
  ) {
    let right = 0;
    const one = async (item: Item) => {
      const wrong = await check(item);
      if (wrong) result.findings.push(wrong);
      else right++;
      props.onObject();
    };
    await pMap(items, one, { concurrency: reader.store.concurrency });
    return right;
  }
}

/** What there is to say about a report or a list; nothing if it is as the manifest says. */
async function reportFinding(
  reader: EvidenceReader,
  account: CollectedObject,
  { manifest: { number }, isExpired, claimsOf }: RunProps,
): Promise<Finding | undefined> {
  const { name, place, key, versionId } = account;
  if (key !== place) return finding('altered', key, `it is not where the ${name} belongs`);
  const claims = claimsOf(key);
  const current = claims.length > 0 ? await reader.sharedDigest(key) : await reader.digest(key);
  if ('unreadable' in current) return current.unreadable;
  const reads = reader.store.hasVersions && needsVersion(account, current.found);
  const version = reads ? await reader.digest(key, versionId) : undefined;
  if (version && 'unreadable' in version) return version.unreadable;
  const facts = { account, current: current.found, claims, isExpired, ...(version && { version }) };
  const { status, detail } = reportStatus(facts);
  // Several runs of a date name the same key.
  const of = claims.length > 0 ? `of manifest ${number}: ` : '';
  return status === 'verified' ? undefined : finding(status, key, `${of}${detail}`);
}
