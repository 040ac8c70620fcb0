/**
 * What crosses a state boundary: the events and results of the functions. The definition of the state machine is built
 * from the same names.
 */
import * as z from 'zod/mini';
import { machineThresholds, severities, thresholdNames } from '../checks/check';
import { AccountId, CalendarDate, RunName, Sha256, count } from './fields';

/** How long to wait for the report of an account: `cycles` cycles of `seconds` seconds. */
export const Waiting = z.object({
  seconds: z.int().check(z.positive()),
  cycles: z.int().check(z.positive()),
});
export type Waiting = z.infer<typeof Waiting>;

/** Which accounts are expected to have a report. */
export const AccountSelection = z.object({
  /** Empty for the whole organization. */
  includeOus: z.readonly(z.array(z.string())),
  /**
   * Whether the account that collects is included although it is below none of these units. Its ID is known only when
   * the environment is deployed: `list-accounts` takes it from the ARN of the state machine.
   * @default false
   */
  includeCollectingAccount: z.optional(z.boolean()),
  excludeOus: z.readonly(z.array(z.string())),
  exclude: z.readonly(z.array(AccountId)),
});
export type AccountSelection = z.infer<typeof AccountSelection>;

/**
 * When a digest is sent: if accounts failed; if accounts failed or there are new findings; if accounts failed, or after
 * the runs of the first day of a week that has a run; after every run.
 */
export const digestOccasions = ['failures', 'new-findings', 'weekly', 'always'] as const;
export type DigestOccasion = (typeof digestOccasions)[number];

/**
 * A finding that is accepted, with a reason and until a date. It is about the accounts of exactly one of `account`, `ou`,
 * `accountTag` and `owner`.
 */
export const Exemption = z.object({
  /** Account ID, or `*` for every account. */
  account: z.optional(z.string()),
  /** ID of a root or organizational unit, or its path from the organization's ID: every account below it. */
  ou: z.optional(z.string()),
  /** A tag of accounts in AWS Organizations. */
  accountTag: z.optional(z.object({ key: z.string(), value: z.string() })),
  /** Name of the owner of accounts. */
  owner: z.optional(z.string()),
  /** User name, `<root_account>`, `<organization>`, or a pattern with `*` and `?`. */
  user: z.string(),
  /** ID of the check. */
  check: z.string(),
  reason: z.string(),
  /** The last day on which it applies. */
  expires: CalendarDate,
  /** Who accepted it. */
  approvedBy: z.optional(z.string()),
  /** Where that is written. */
  ticket: z.optional(z.string()),
});
export type Exemption = z.infer<typeof Exemption>;

/**
 * A file of exemptions that is deployed with `list-accounts`, which copies it to every run. Its hash is part of the
 * settings, so nobody who invokes a function, or writes to the bucket, can replace it.
 */
export const ExemptionsFileReference = z.object({ sha256: Sha256, bytes: count() });
export type ExemptionsFileReference = z.infer<typeof ExemptionsFileReference>;

const days = () => z.int().check(z.positive());

/** A schema for each name. */
const forEach = <Name extends string, Schema>(names: readonly Name[], schemaOf: () => Schema) =>
  Object.fromEntries(names.map((name) => [name, schemaOf()])) as Record<Name, Schema>;

/** Which checks there are, their thresholds, and the findings that are accepted. */
export const CheckSettings = z.object({
  /** IDs of the frameworks whose controls are shown. */
  frameworks: z.readonly(z.array(z.string())),
  /** IDs of checks that are on although no chosen framework asks for them. */
  on: z.readonly(z.array(z.string())),
  /** IDs of checks that are off. */
  off: z.readonly(z.array(z.string())),
  /** Severities other than those of the checks, by ID. */
  severities: z.readonly(z.partialRecord(z.string(), z.enum(severities))),
  ...forEach(thresholdNames, days),
  /** What differs for users without a console password. */
  machines: z.readonly(z.object(forEach(machineThresholds, () => z.optional(days())))),
  exemptions: z.readonly(z.array(Exemption)),
  /** More exemptions; absent if there is no file. */
  exemptionsFile: z.optional(ExemptionsFileReference),
  /** Keys of the account tags that exemptions name; absent if none does. */
  exemptionTags: z.optional(z.readonly(z.array(z.string()))),
});
export type CheckSettings = z.infer<typeof CheckSettings>;

/** What decides the results of checks, and how they are shown: all but what accepts findings. */
export const RuleSettings = z.omit(CheckSettings, {
  exemptions: true,
  exemptionsFile: true,
  exemptionTags: true,
});
export type RuleSettings = z.infer<typeof RuleSettings>;

/** Where the owners of accounts come from, in addition to the listing of the accounts. */
export const OwnerSettings = z.object({
  /** Key of the account tag whose value is the owner. */
  tag: z.optional(z.string()),
  /** Whether the owners file of the bucket is read. */
  file: z.boolean(),
  /** Whether the email address of an account is its owner if nothing else is. */
  email: z.boolean(),
  /** Whether the names of organizational units are read. */
  unitNames: z.boolean(),
});
export type OwnerSettings = z.infer<typeof OwnerSettings>;

/** Whether the settings name a source of owners: names of units are none. */
export const asksForOwners = ({ tag, file, email }: OwnerSettings): boolean =>
  tag !== undefined || file || email;

/**
 * What an environment says about its runs. It is part of the definition of the state machine; `list-accounts` accepts
 * no other settings (see `settings-hash.ts`) and puts them into the ledger, where the other functions read them.
 */
export const RunSettings = z.strictObject({
  selection: AccountSelection,
  waiting: Waiting,
  checks: CheckSettings,
  digest: z.enum(digestOccasions),
  /** Absent if the environment asks for no owners. */
  owners: z.optional(OwnerSettings),
  /** Whether the service-specific credentials of every account are listed too. */
  serviceCredentials: z.boolean(),
});
export type RunSettings = z.infer<typeof RunSettings>;

/** Keys of the account tags that a run needs, for owners and for exemptions. */
export const wantedTags = ({ owners, checks }: Pick<RunSettings, 'owners' | 'checks'>): string[] =>
  [...new Set([owners?.tag ?? [], checks.exemptionTags ?? []].flat())].sort();

export const ListAccountsEvent = z.strictObject({
  /** ARN of the execution. AWS Step Functions is asked when it started and whether it is running. */
  execution: z.string(),
  settings: RunSettings,
});
export type ListAccountsEvent = z.infer<typeof ListAccountsEvent>;

/** The result of `list-accounts`, and from then on the state of the execution. */
export const Run = z.object({
  run: RunName,
  /**
   * Hash of the ledger. It proves to `summarize-run` that an event comes from this run: the ledger contains a random number,
   * so that nobody can guess its hash.
   */
  ledger: Sha256,
  /** That random number, which proves the same to `collect-reports`: its batches have it too. */
  nonce: z.string(),
  /** Accounts whose report is expected. */
  expected: count(),
  /** Accounts that are in the ledger but whose report is not expected. */
  skipped: count(),
  /** Numbers of the batches that are still to be collected: the items of the Distributed Map. */
  batches: z.array(count()),
});
export type Run = z.infer<typeof Run>;

export const CollectReportsEvent = z.strictObject({
  run: RunName,
  /** See `Run`. */
  nonce: z.string(),
  batch: count(),
  /** Seconds that this batch has been waited for so far. */
  waited: count(),
});
export type CollectReportsEvent = z.infer<typeof CollectReportsEvent>;

/** The result of `collect-reports`, which polls every open account of its batch. */
export const PollResult = z.object({
  /** Accounts that are collected or failed. */
  decided: count(),
  /** Accounts whose report is not ready yet; the batch ends when none is left. */
  pending: count(),
  /** These accounts; only for a batch that is collected while others are listed, which has no later poll. */
  left: z.optional(z.array(AccountId)),
  /** Seconds that the state machine has to wait before the next poll. */
  waitSeconds: count(),
  /** Seconds that the batch will have been waited for by then. */
  waited: count(),
});
export type PollResult = z.infer<typeof PollResult>;

export const SummarizeRunEvent = z.strictObject({ run: RunName, ledger: Sha256 });
export type SummarizeRunEvent = z.infer<typeof SummarizeRunEvent>;

/** The result of `summarize-run`: small at any number of accounts. */
export interface RunSummary {
  collected: number;
  failed: number;
  skipped: number;
  users: number;
  /** Findings that are not exempt. */
  findings: number;
  /** Findings that the last earlier day did not have; null if there is no earlier day. */
  newFindings: number | null;
  /** Every expected account is collected, and at least one was expected. */
  complete: boolean;
  /** Whether the digest is sent. */
  publish: boolean;
  /** The manifest of the run. */
  manifest: { key: string; sha256: string };
  /** Absent if no digest is sent: it names users, who need not be in the history of the execution. */
  digest?: {
    subject: string;
    message: string;
    /** The same for a chat: a notification for Amazon Q Developer in chat applications, as JSON. */
    chat: string;
  };
}

export const ExportResultsEvent = z.strictObject({
  /** As `summarize-run` returned it. */
  manifest: z.strictObject({ key: z.string(), sha256: Sha256 }),
});
export type ExportResultsEvent = z.infer<typeof ExportResultsEvent>;

/** The result of `export-results`. */
export interface ExportedResults {
  /** Events that were sent. */
  events: number;
  /** The findings in the format of OCSF; null if they are not written. */
  ocsf: { url: string; sha256: string; bytes: number; findings: number } | null;
}
