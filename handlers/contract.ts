/**
 * What crosses a state boundary: the events and results of the functions, and the files of a run that one
 * state writes and another reads. The state machine's definition is built from the same names.
 */
import * as z from 'zod/mini';

const AccountId = z.string().check(z.regex(/^\d{12}$/, 'is no account id of 12 digits'));
const CalendarDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no date of the form YYYY-MM-DD'));
const RunPrefix = z
  .string()
  .check(z.regex(/^runs\/\d{4}-\d{2}-\d{2}\/[^/]+$/, 'is no run of the form runs/DATE/EXECUTION'));
const count = () => z.int().check(z.nonnegative());

/** How long an account may take to make its report: `cycles` cycles of `seconds` seconds. */
export const Waiting = z.object({
  seconds: z.int().check(z.positive()),
  cycles: z.int().check(z.positive()),
});
export type Waiting = z.infer<typeof Waiting>;

/** Which accounts are expected; an empty `includeOus` stands for the whole organization. */
export const AccountSelection = z.object({
  includeOus: z.readonly(z.array(z.string())),
  excludeOus: z.readonly(z.array(z.string())),
  exclude: z.readonly(z.array(AccountId)),
});
export type AccountSelection = z.infer<typeof AccountSelection>;

export const ListAccountsEvent = z.object({
  /** Name of the execution; names the folder of the run. */
  execution: z.string().check(z.regex(/^[^/]+$/, 'is no name of an execution')),
  /** Start of the execution, ISO 8601; its date in UTC is the date of the run, whenever a function runs. */
  startTime: z.iso.datetime({ offset: true }),
  selection: AccountSelection,
});
export type ListAccountsEvent = z.infer<typeof ListAccountsEvent>;

/** The result of `list-accounts`; from then on the state of the execution. */
export const Run = z.object({
  date: CalendarDate,
  run: RunPrefix,
  /** Accounts whose report is expected. */
  expected: count(),
  /** Accounts that are in the ledger but will not be asked. */
  skipped: count(),
  /** Numbers of the batches: the items of the Distributed Map. */
  batches: z.array(count()),
});
export type Run = z.infer<typeof Run>;

/**
 * The file of a batch. Its accounts are in the bucket and not in the items of the Map, so that what travels
 * through the state machine stays small; and a Map could read items from a bucket of its own account and
 * Region only, while the reports may live elsewhere
 * (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
 */
export const Batch = z.object({
  batch: count(),
  accounts: z.array(AccountId).check(z.minLength(1)),
});
export type Batch = z.infer<typeof Batch>;

/** Accounts that are already listed, for `ask-accounts` to ask while the listing goes on. */
export const AskAccountsEvent = z.object({
  run: RunPrefix,
  accounts: z.array(AccountId).check(z.minLength(1)),
});
export type AskAccountsEvent = z.infer<typeof AskAccountsEvent>;

export const CollectReportsEvent = z.object({
  date: CalendarDate,
  run: RunPrefix,
  batch: count(),
  /** Seconds that the state machine has waited for this batch so far. */
  waited: count(),
  waiting: Waiting,
});
export type CollectReportsEvent = z.infer<typeof CollectReportsEvent>;

/** The result of one look of `collect-reports` at its batch. */
export interface LookResult {
  /** Accounts that are collected or failed. */
  decided: number;
  /** Accounts whose report is not ready yet; 0 ends the batch. */
  pending: number;
  /** Seconds that the state machine has to wait before the next look. */
  waitSeconds: number;
  /** Seconds that it will have waited by then. */
  waited: number;
}

/** A finding that the environment lets be, with a reason and a last day. */
export const Exemption = z.object({
  /** Account id, or `*` for every account. */
  account: z.string(),
  /** Name of a user, `<root_account>`, or a pattern with `*` and `?`. */
  user: z.string(),
  /** Id of the check. */
  check: z.string(),
  reason: z.string(),
  /** Last day on which it holds. */
  expires: CalendarDate,
});
export type Exemption = z.infer<typeof Exemption>;

/** Where the checks draw their lines, and what they let be. */
export const CheckSettings = z.object({
  unusedDays: z.int().check(z.positive()),
  rotationDays: z.int().check(z.positive()),
  rootUnusedDays: z.int().check(z.positive()),
  exemptions: z.readonly(z.array(Exemption)),
});
export type CheckSettings = z.infer<typeof CheckSettings>;

/** When a digest is sent: accounts failed; that, or findings are new; after every run. */
export const digestOccasions = ['failures', 'new-findings', 'always'] as const;
export type DigestOccasion = (typeof digestOccasions)[number];

export const SummariseRunEvent = z.object({
  run: RunPrefix,
  /** Start of the execution, ISO 8601 in UTC; ages of credentials are counted from it. */
  startTime: z.iso.datetime({ offset: true }),
  checks: CheckSettings,
  digest: z.enum(digestOccasions),
});
export type SummariseRunEvent = z.infer<typeof SummariseRunEvent>;

/** The result of `summarise-run`: small at any number of accounts. */
export interface RunSummary {
  collected: number;
  failed: number;
  skipped: number;
  users: number;
  /** Findings that are not exempt. */
  findings: number;
  /** Those that the newest earlier run did not have; null if there is no such run. */
  newFindings: number | null;
  /** An account failed, or none was collected: the run is not complete. */
  problem: boolean;
  /** The digest is to be sent. */
  publish: boolean;
  digest: { subject: string; message: string };
}

/**
 * Why an account failed.
 * - `role-not-assumable`: STS refused the report role: not deployed there, or its trust says no.
 * - `denied`: IAM refused the call: the role's policy or a service control policy.
 * - `not-ready`: the report was still being made when the last cycle ended.
 * - `throttled`: IAM or STS still refused for capacity when the last cycle ended.
 * - `report-invalid`: what IAM returned is no credential report.
 * - `not-stored`: the bucket did not take the report.
 * - `report-missing`: the report was collected, but its object is not in the bucket.
 * - `service-error`: another error of an AWS service, or of the way to it, that outlasted the last cycle.
 * - `batch-failed`: the function failed on the whole batch; no outcome was recorded.
 */
export const failureReasons = [
  'role-not-assumable',
  'denied',
  'not-ready',
  'throttled',
  'report-invalid',
  'not-stored',
  'report-missing',
  'service-error',
  'batch-failed',
] as const;
export type FailureReason = (typeof failureReasons)[number];

export const Outcome = z.discriminatedUnion('outcome', [
  z.object({
    account: AccountId,
    outcome: z.literal('collected'),
    /** When IAM made the report; up to four hours before it was collected. */
    generatedAt: z.string(),
    collectedAt: z.string(),
    bytes: count(),
  }),
  z.object({
    account: AccountId,
    outcome: z.literal('failed'),
    reason: z.enum(failureReasons),
    detail: z.string(),
  }),
]);
export type Outcome = z.infer<typeof Outcome>;
export type Collected = Extract<Outcome, { outcome: 'collected' }>;
export type Failed = Extract<Outcome, { outcome: 'failed' }>;

/** The file of a batch's outcomes: what was decided about its accounts so far. */
export const BatchOutcomes = z.object({ batch: count(), outcomes: z.array(Outcome) });
export type BatchOutcomes = z.infer<typeof BatchOutcomes>;

/** The file of the small reports that one look collected, by account: a second copy, for `summarise-run`. */
export const SmallReports = z.record(AccountId, z.string());
export type SmallReports = z.infer<typeof SmallReports>;

/** An account of the ledger; `skip` says why no report is expected from it. */
export const LedgerAccount = z.object({
  id: AccountId,
  name: z.string(),
  state: z.string(),
  /** Path in the organization, from its id to the account's own; absent where the API does not say. */
  path: z.optional(z.string()),
  skip: z.optional(z.string()),
});
export type LedgerAccount = z.infer<typeof LedgerAccount>;

/** Every account that the organization has at the start of the run. */
export const Ledger = z.object({
  execution: z.string(),
  date: CalendarDate,
  accounts: z.array(LedgerAccount),
});
export type Ledger = z.infer<typeof Ledger>;

const padded = (number: number) => String(number).padStart(5, '0');

/** Where things lie in the report bucket. */
export const keys = {
  /** The path that the public sample writes too, so that its readers can switch. */
  report: (date: string, account: string) => `${date}/credentialReport_${account}.csv`,
  reportsPrefix: (date: string) => `${date}/credentialReport_`,
  run: (date: string, execution: string) => `runs/${date}/${execution}`,
  ledger: (run: string) => `${run}/ledger.json`,
  batch: (run: string, batch: number) => `${run}/batches/${padded(batch)}.json`,
  outcomesPrefix: (run: string) => `${run}/outcomes/`,
  outcomes: (run: string, batch: number) => `${run}/outcomes/${padded(batch)}.json`,
  /** Not below the run, so that they can expire soon: they are a second copy. */
  smallReportsPrefix: (run: string) => run.replace(/^runs\//, 'small-reports/') + '/',
  smallReports: (run: string, batch: number, waited: number) =>
    `${keys.smallReportsPrefix(run)}${padded(batch)}-${padded(waited)}.json`,
  batchOfSmallReports: (key: string) => Number(/(\d+)-\d+\.json$/.exec(key)?.[1]),
  manifest: (run: string) => `${run}/manifest.json`,
  /** What a later run compares itself with. */
  snapshot: (run: string) => `${run}/snapshot.jsonl`,
  runsPrefix: 'runs/',
  runsOfDate: (date: string) => `runs/${date}/`,
  /** The newest run of a date, for people and queries. */
  organization: (date: string, file: OrganizationFile) => `organization/${date}/${file}`,
  /** Names the one file that is the partition of a date of an Athena table. */
  partition: (table: string, date: string) => `tables/${table}/${date}/symlink.txt`,
};

export type OrganizationFile = 'index.html' | 'credentials.csv' | 'findings.csv' | 'changes.csv';
