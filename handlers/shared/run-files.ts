/** The files of a run that one function writes and another reads. */
import * as z from 'zod/mini';
import { type FailureReason, failureReasons } from './failure-reasons';
import { AccountId, CalendarDate, count } from './fields';

/** An account of the ledger; `skip` says why no report is expected from it. */
export const LedgerAccount = z.object({
  id: AccountId,
  name: z.string(),
  state: z.string(),
  /** Path in the organization, from the organization's ID to the account's own; absent if the API does not return it. */
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

/**
 * The accounts of one batch. They are in the bucket and not in the items of the Map, so that the state of the execution
 * stays small; and a Map can read its items only from a bucket in its own account and Region, while the reports may be
 * elsewhere (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
 */
export const Batch = z.object({
  batch: count(),
  accounts: z.array(AccountId).check(z.minLength(1)),
});
export type Batch = z.infer<typeof Batch>;

export const Outcome = z.discriminatedUnion('outcome', [
  z.object({
    account: AccountId,
    outcome: z.literal('collected'),
    /** When IAM generated the report, up to four hours before it was collected. */
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

/** An account that has no outcome yet; `reason` is why it fails if this was the last poll. */
export interface Pending {
  account: string;
  outcome: 'pending';
  reason: FailureReason;
  detail: string;
}

/** The outcomes of one batch so far. */
export const BatchOutcomes = z.object({ batch: count(), outcomes: z.array(Outcome) });
export type BatchOutcomes = z.infer<typeof BatchOutcomes>;

/** Copies of the small reports that one poll collected, by account, for `summarize-run`. */
export const ReportPack = z.record(AccountId, z.string());
export type ReportPack = z.infer<typeof ReportPack>;
