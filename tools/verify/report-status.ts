/**
 * What the objects of a report, or of a list of service-specific credentials, say about the one that a manifest names. Both are
 * called reports here: runs of a date replace them in the same way.
 */
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import { keys } from '../../handlers/shared/bucket-layout';
import { type Digest, differenceOf, isSame } from './evidence-store';
import type { Status } from './findings';

type CollectedAccount = Extract<ManifestAccount, { outcome: 'collected' }>;

/** A report or a list, as a manifest names it. */
export interface CollectedObject extends Pick<
  CollectedAccount,
  'key' | 'bytes' | 'sha256' | 'versionId' | 'evidence' | 'collectedAt'
> {
  readonly kind: 'report' | 'list';
  /** Such as `report of 123456789012`. */
  readonly name: string;
  /** The key that it must have. */
  readonly place: string;
}

/** Another run of the date, or a batch that its run gave up, that stored a report of the account too: both write the same key. */
export interface Claim {
  /** Such as `manifest 12`. */
  readonly by: string;
  /** What a run without a manifest stored, or a batch that its run gave up, is in its outcomes alone, which prove nothing. */
  readonly manifest: 'read' | 'unreadable' | 'none';
  readonly sha256: string;
  readonly collectedAt: string;
}

export interface ReportFacts {
  readonly account: CollectedObject;
  /** The current object. */
  readonly current: Digest | undefined;
  /** The version that the manifest names; absent if it was not read: see {@link needsVersion}. */
  readonly version?: { readonly found: Digest | undefined };
  readonly claims: readonly Claim[];
  readonly isExpired: boolean;
}

export interface ReportStatus {
  readonly status: Status | 'verified';
  readonly detail: string;
}

/** Whether the version that the manifest names has to be read, in a store that has versions. */
export const needsVersion = ({ versionId }: CollectedObject, current: Digest | undefined): boolean =>
  versionId !== undefined && current?.versionId !== versionId;

const is = (status: ReportStatus['status'], detail = ''): ReportStatus => ({ status, detail });

export function reportStatus(facts: ReportFacts): ReportStatus {
  const { account, current, version } = facts;
  if (version?.found && !isSame(version.found, account))
    return is('altered', `version ${account.versionId}: ${differenceOf(version.found, account)}`);
  if (!current) return withoutCurrent(facts);
  if (!isSame(current, account)) return ofReplaced(facts, current);
  if (!version || version.found) return is('verified');
  return is('other-version', `it has the right content, but version ${account.versionId} does not exist`);
}

function withoutCurrent({ account, version, isExpired }: ReportFacts): ReportStatus {
  if (isExpired) return is('expired', 'older than the retention period');
  return version?.found
    ? is('missing', `deleted; version ${account.versionId} still has it`)
    : is('missing', 'it does not exist');
}

function ofReplaced({ account, version, claims, isExpired }: ReportFacts, current: Digest): ReportStatus {
  const same = claims.filter(({ sha256 }) => sha256 === current.sha256);
  const later = same.filter(({ collectedAt }) => collectedAt >= account.collectedAt);
  const proven = later.find(({ manifest }) => manifest === 'read');
  const unread = later.find(({ manifest }) => manifest === 'unreadable');
  const why = later[0]
    ? `only outcomes that no manifest names, of ${later[0].by}, name what is there, and they prove nothing`
    : same[0]
      ? `it is the older report of ${same[0].by}`
      : 'the current object is not evidence of any run';
  if (version?.found) {
    const by = proven ?? later[0];
    return by
      ? is('superseded', `by ${by.by}; version ${account.versionId} is right`)
      : is('altered', `replaced: ${why}; version ${account.versionId} is right`);
  }
  if (version && isExpired)
    return is('expired', 'replaced, and its version is older than the retention period');
  if (!proven && unread)
    return is('unreadable', `perhaps superseded by ${unread.by}, whose manifest could not be read`);
  if (version) {
    const gone = `version ${account.versionId} does not exist`;
    return proven
      ? is('missing', `superseded by ${proven.by}, and ${gone}`)
      : is('altered', `replaced: ${why}; ${gone}`);
  }
  if (proven) return is('superseded-not-verifiable', `by ${proven.by}`);
  if (account.evidence === 'superseded-not-verifiable')
    return is('superseded-not-verifiable', 'already when the run was summarized, as its manifest says');
  return is('altered', `${differenceOf(current, account)}: ${why}`);
}

/** The reports and lists that a manifest names. */
export const collectedIn = ({ date, accounts }: Pick<Manifest, 'date' | 'accounts'>): CollectedObject[] =>
  accounts.flatMap((account) => {
    if (account.outcome !== 'collected') return [];
    const { id, serviceCredentials: list } = account;
    const report = {
      ...account,
      kind: 'report' as const,
      name: `report of ${id}`,
      place: keys.report(date, id),
    };
    if (list?.outcome !== 'collected') return [report];
    const name = `list of the service-specific credentials of ${id}`;
    return [report, { ...list, kind: 'list' as const, name, place: keys.serviceCredentials(date, id) }];
  });
