/** The files of a run in the bucket when `summarize-run` starts. */
import { ReviewWriter } from '../../handlers/collect-reports/review-writer';
import { REPORT_COLUMNS } from '../../handlers/credential-report/report-columns';
import type { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import { keys, runOf } from '../../handlers/shared/bucket-layout';
import type { RunSettings, SummarizeRunEvent } from '../../handlers/shared/events';
import { sha256Of } from '../../handlers/shared/hash';
import {
  type BatchOutcomes,
  type Collected,
  type Ledger,
  type LedgerAccount,
  type LedgerOrganization,
  type Outcome,
  type ServiceCredentialFailure,
  type ServiceCredentialsOutcome,
  hashOfList,
  reviewSettingsOf,
} from '../../handlers/shared/run-files';
import type { CollectedReport } from '../../handlers/report-review/report-review';
import { reviewerOf } from '../../handlers/report-review/reviewer';
import {
  type ServiceCredential,
  serviceCredentialsText,
  sortedCredentials,
} from '../../handlers/credential-report/service-credentials';
import { LEDGER_ORGANIZATION, defaultSettings } from '../../tools/support/embedded-execution';
import { type Cells, root } from './rows';

export const DATE = '2026-11-22';

export interface StoredAccount {
  id: string;
  name?: string;
  /** The rows of its report. */
  rows?: Cells[];
  /** The content of its report, if rows cannot describe it. */
  content?: string;
  owner?: LedgerAccount['owner'];
  tags?: LedgerAccount['tags'];
  unitNames?: string;
  failed?: Extract<Outcome, { outcome: 'failed' }>['reason'];
  skip?: string;
  /**
   * Its service-specific credentials, or why they are not known, if the run lists them.
   * @default - none
   */
  serviceCredentials?: ServiceCredential[] | ServiceCredentialFailure;
  /** The report was collected, but is not in the bucket. */
  lost?: boolean;
  /** When IAM generated the report; empty if IAM did not say. @default - an hour before the run */
  generatedAt?: string;
  /** @default - 90 seconds after the start of the run */
  collectedAt?: string;
}

export interface StoredRunProps {
  date: string;
  execution: string;
  /** ISO 8601 in UTC. */
  startedAt: string;
  environment: string;
  checks: Partial<RunSettings['checks']>;
  digest: RunSettings['digest'];
  owners: RunSettings['owners'];
  /** What could not be read for the ledger. */
  notes: string[];
  /** @default - an organization that manages root credentials centrally */
  organization: LedgerOrganization;
  /** Whether it lists service-specific credentials. */
  serviceCredentials: boolean;
}

export function reportOf(rows: readonly Cells[]): string {
  const quoted = (text = '') => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [
    REPORT_COLUMNS.join(','),
    ...rows.map((row) => REPORT_COLUMNS.map((name) => quoted(row[name])).join(',')),
  ].join('\n');
}

/** Puts a run into the bucket, as `list-accounts` and `collect-reports` do, and returns the event that summarizes it. */
export async function storeRun(
  bucket: ReportBucket,
  accounts: readonly StoredAccount[],
  {
    date = DATE,
    execution = 'run-1',
    startedAt = `${date}T08:00:00.000Z`,
    environment = 'test',
    checks,
    digest = 'failures',
    owners,
    notes,
    organization = LEDGER_ORGANIZATION,
    serviceCredentials = false,
  }: Partial<StoredRunProps> = {},
): Promise<SummarizeRunEvent> {
  const run = runOf(date, execution);
  const settings = {
    ...defaultSettings,
    digest,
    serviceCredentials,
    ...(owners && { owners }),
    checks: { ...defaultSettings.checks, ...checks },
  };
  const ledger: Ledger = {
    environment,
    execution,
    date,
    startedAt,
    settings,
    batchSize: 400,
    nonce: `nonce of ${execution}`,
    organization,
    accounts: accounts.map(ledgerAccount),
    openBatches: [1],
    ...(notes && { notes }),
  };
  const outcomes: Outcome[] = [];
  const reviews = new ReviewWriter(reviewerOf(reviewSettingsOf(ledger), 'aws'));
  for (const account of accounts)
    if (!account.skip) {
      const outcome = await storeOutcome(bucket, date, startedAt, account);
      if (outcome.outcome === 'failed') outcomes.push(outcome);
      else {
        const list = serviceCredentials ? await listOutcome(bucket, date, outcome, account) : undefined;
        const hashes = { report: outcome.sha256, list: hashOfList(list) };
        const review = reviews.add(reviewedReport(outcome, account, list), hashes);
        outcomes.push({ ...outcome, ...(list && { serviceCredentials: list }), ...(review && { review }) });
      }
    }
  await reviews.write(bucket, run, 1, 0);
  const content = JSON.stringify(ledger);
  await bucket.put(keys.ledger(run), content);
  await bucket.putJson(keys.outcomes(run, 1), { batch: 1, outcomes } satisfies BatchOutcomes);
  return { run, ledger: sha256Of(content) };
}

const ledgerAccount = ({
  id,
  name = `name-${id}`,
  skip,
  owner,
  tags,
  unitNames,
}: StoredAccount): LedgerAccount => ({
  id,
  name,
  state: skip ?? 'ACTIVE',
  path: `o-exampleorg1/r-1234/ou-1234-56789012/${id}/`,
  ...(owner !== undefined && { owner }),
  ...(unitNames !== undefined && { unitNames }),
  ...(tags && { tags }),
  ...(skip ? { skip } : { batch: 1 }),
});

async function storeOutcome(
  bucket: ReportBucket,
  date: string,
  startedAt: string,
  { id, rows = [], content = reportOf(rows), failed, lost, ...times }: StoredAccount,
): Promise<Extract<Outcome, { outcome: 'failed' }> | Collected> {
  if (failed) return { account: id, outcome: 'failed', reason: failed, detail: 'denied' };
  const key = keys.report(date, id);
  const stored = lost ? { etag: '"lost"' } : await bucket.put(key, content);
  const minutes = (count: number) => new Date(Date.parse(startedAt) + count * 60_000).toISOString();
  return {
    account: id,
    outcome: 'collected',
    generatedAt: times.generatedAt ?? minutes(-60),
    collectedAt: times.collectedAt ?? minutes(1.5),
    key,
    bytes: Buffer.byteLength(content),
    sha256: sha256Of(content),
    ...stored,
  };
}

function reviewedReport(
  { account: id, generatedAt, collectedAt }: Collected,
  { rows = [], content = reportOf(rows), serviceCredentials = [] }: StoredAccount,
  list: ServiceCredentialsOutcome | undefined,
): CollectedReport {
  const listed =
    list?.outcome === 'failed'
      ? list
      : list && { credentials: sortedCredentials(serviceCredentials as ServiceCredential[]) };
  return { id, generatedAt, collectedAt, content: Buffer.from(content), serviceCredentials: listed };
}

async function listOutcome(
  bucket: ReportBucket,
  date: string,
  { collectedAt }: Collected,
  { id, serviceCredentials: list = [] }: StoredAccount,
): Promise<ServiceCredentialsOutcome> {
  if (typeof list === 'string') return { outcome: 'failed', reason: list, detail: 'no list' };
  const content = serviceCredentialsText(id, list);
  const key = keys.serviceCredentials(date, id);
  const about = { key, bytes: Buffer.byteLength(content), sha256: sha256Of(content), collectedAt };
  const stored = { ...about, ...(await bucket.put(key, content)), credentials: list.length };
  return { outcome: 'collected', ...stored };
}

export const accountId = (number: number) => String(100_000_000_000 + number);

/** The cells for a user of an account. */
export const as = (user: string, account: string, cells: Cells): Cells => ({
  ...cells,
  user,
  arn: user === '<root_account>' ? `arn:aws:iam::${account}:root` : `arn:aws:iam::${account}:user/${user}`,
});

/** An account whose report has the root user and these users, who have the same cells. */
export const accountWith = (id: string, cells: Cells, ...users: string[]): StoredAccount => ({
  id,
  rows: [as('<root_account>', id, root), ...users.map((user) => as(user, id, cells))],
});
