/**
 * What crosses a state boundary: the events and results of the functions. The definition of the state machine is built
 * from the same names.
 */
import * as z from 'zod/mini';
import { AccountId, CalendarDate, RunPrefix, count } from './fields';

/** How long to wait for the report of an account: `cycles` cycles of `seconds` seconds. */
export const Waiting = z.object({
  seconds: z.int().check(z.positive()),
  cycles: z.int().check(z.positive()),
});
export type Waiting = z.infer<typeof Waiting>;

/** Which accounts are expected to have a report; an empty `includeOus` means the whole organization. */
export const AccountSelection = z.object({
  includeOus: z.readonly(z.array(z.string())),
  excludeOus: z.readonly(z.array(z.string())),
  exclude: z.readonly(z.array(AccountId)),
});
export type AccountSelection = z.infer<typeof AccountSelection>;

export const ListAccountsEvent = z.object({
  /** Name of the execution, which is also the name of the folder of the run. */
  execution: z
    .string()
    .check(z.regex(/^[^/]+$/, 'is empty or contains a slash, so it is not the name of an execution')),
  /** Start of the execution, ISO 8601. Its date in UTC is the date of the run, however late a function runs. */
  startTime: z.iso.datetime({ offset: true }),
  selection: AccountSelection,
});
export type ListAccountsEvent = z.infer<typeof ListAccountsEvent>;

/** The result of `list-accounts`, and from then on the state of the execution. */
export const Run = z.object({
  date: CalendarDate,
  runPrefix: RunPrefix,
  /** Accounts whose report is expected. */
  expected: count(),
  /** Accounts that are in the ledger but whose report is not expected. */
  skipped: count(),
  /** Numbers of the batches: the items of the Distributed Map. */
  batches: z.array(count()),
});
export type Run = z.infer<typeof Run>;

/** Accounts that are already listed, so that `request-reports` can start while `list-accounts` continues. */
export const RequestReportsEvent = z.object({
  runPrefix: RunPrefix,
  accounts: z.array(AccountId).check(z.minLength(1)),
});
export type RequestReportsEvent = z.infer<typeof RequestReportsEvent>;

export const CollectReportsEvent = z.object({
  date: CalendarDate,
  runPrefix: RunPrefix,
  batch: count(),
  /** Seconds that the state machine has waited for this batch so far. */
  waited: count(),
  waiting: Waiting,
});
export type CollectReportsEvent = z.infer<typeof CollectReportsEvent>;

/** The result of `collect-reports`, which polls every open account of its batch once. */
export interface PollResult {
  /** Accounts that are collected or failed. */
  decided: number;
  /** Accounts whose report is not ready yet; the batch ends when none is left. */
  pending: number;
  /** Seconds that the state machine has to wait before the next poll. */
  waitSeconds: number;
  /** Seconds that it will have waited for this batch by then. */
  waited: number;
}

/** A finding that is accepted, with a reason and until a date. */
export const Exemption = z.object({
  /** Account ID, or `*` for every account. */
  account: z.string(),
  /** User name, `<root_account>`, or a pattern with `*` and `?`. */
  user: z.string(),
  /** ID of the check. */
  check: z.string(),
  reason: z.string(),
  /** The last day on which it applies. */
  expires: CalendarDate,
});
export type Exemption = z.infer<typeof Exemption>;

/** Thresholds of the checks, and the findings that are accepted. */
export const CheckSettings = z.object({
  unusedDays: z.int().check(z.positive()),
  rotationDays: z.int().check(z.positive()),
  rootUnusedDays: z.int().check(z.positive()),
  exemptions: z.readonly(z.array(Exemption)),
});
export type CheckSettings = z.infer<typeof CheckSettings>;

/** When a digest is sent: if accounts failed; if accounts failed or there are new findings; after every run. */
export const digestOccasions = ['failures', 'new-findings', 'always'] as const;
export type DigestOccasion = (typeof digestOccasions)[number];

export const SummarizeRunEvent = z.object({
  runPrefix: RunPrefix,
  /** Start of the execution, ISO 8601 in UTC; ages of credentials are counted from it. */
  startTime: z.iso.datetime({ offset: true }),
  checks: CheckSettings,
  digest: z.enum(digestOccasions),
});
export type SummarizeRunEvent = z.infer<typeof SummarizeRunEvent>;

/** The result of `summarize-run`: small at any number of accounts. */
export interface RunSummary {
  collected: number;
  failed: number;
  skipped: number;
  users: number;
  /** Findings that are not exempt. */
  findings: number;
  /** Findings that the previous run did not have; null if there is no previous run. */
  newFindings: number | null;
  /** Every expected account is collected, and at least one was expected. */
  complete: boolean;
  /** Whether the digest is sent. */
  publish: boolean;
  digest: { subject: string; message: string };
}
