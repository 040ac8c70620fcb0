/** The files of a run that one function writes and another reads. */
import * as z from 'zod/mini';
import { type FailureReason, failureReasons } from './failure-reasons';
import { Exemption, RuleSettings, RunSettings, Waiting } from './events';
import { AccountId, CalendarDate, RunName, Sha256, count } from './fields';

/** Where an owner comes from. */
export const ownerSources = ['file', 'tag', 'email'] as const;

/** Who has to act on what is found in an account. */
export const Owner = z.object({
  name: z.string(),
  source: z.enum(ownerSources),
  /** Date of the source: when the tag was read, or when the owners file was last written. */
  asOf: CalendarDate,
});
export type Owner = z.infer<typeof Owner>;

/** An account of the ledger; `skip` says why no report is expected from it. */
export const LedgerAccount = z.object({
  id: AccountId,
  name: z.string(),
  state: z.string(),
  /** Path in the organization, from the organization's ID to the account's own; absent if the API does not return it. */
  path: z.optional(z.string()),
  /** Names of the organizational units in `path`, separated by slashes; absent if they were not read. */
  unitNames: z.optional(z.string()),
  /** Null if the account has none; absent if that is not known, or if the environment asks for no owners. */
  owner: z.optional(z.nullable(Owner)),
  /** Tags that the settings name; absent if those of the account are not known. */
  tags: z.optional(z.record(z.string(), z.string())),
  skip: z.optional(z.string()),
  /** The batch whose outcome of the account counts; absent if no report is expected. */
  batch: z.optional(count()),
});
export type LedgerAccount = z.infer<typeof LedgerAccount>;

/** Results of the question whether the organization manages the root credentials of its member accounts centrally. */
export const rootCredentialsResults = ['pass', 'fail', 'unknown', 'not-applicable'] as const;

/** What IAM said about central root access at the start of the run. */
export const RootCredentials = z.object({
  result: z.enum(rootCredentialsResults),
  /** The features that are enabled, the name of the error, or why there is neither. */
  detail: z.string(),
});
export type RootCredentials = z.infer<typeof RootCredentials>;

export const LedgerOrganization = z.object({
  /** Empty if AWS Organizations did not say. */
  id: z.string(),
  /** Empty if AWS Organizations did not say. */
  managementAccountId: z.string(),
  rootCredentials: RootCredentials,
});
export type LedgerOrganization = z.infer<typeof LedgerOrganization>;

/**
 * Every account that the organization has at the start of the run, and the settings of the run. It is written once: a
 * repetition adopts the ledger that exists, even if the organization has changed since.
 */
export const Ledger = z.object({
  environment: z.string(),
  execution: z.string(),
  date: CalendarDate,
  /** Start of the execution, ISO 8601 in UTC, as AWS Step Functions says. Ages of credentials are counted from it. */
  startedAt: z.iso.datetime(),
  settings: RunSettings,
  /** Most accounts of a batch. */
  batchSize: z.int().check(z.positive()),
  /** Random, so that nobody can guess the hash of the ledger. */
  nonce: z.string(),
  organization: LedgerOrganization,
  accounts: z.array(LedgerAccount),
  /** Batches of the accounts that had no outcome when all accounts were listed: the Map collects them. */
  openBatches: z.array(count()),
  /** What could not be read for the ledger, and why; absent if there is nothing to say. */
  notes: z.optional(z.array(z.string())),
});
export type Ledger = z.infer<typeof Ledger>;

/** The exemptions of a run that do not fit into its settings: the file that the settings name, copied byte by byte. */
export const ExemptionsFile = z.object({ exemptions: z.array(Exemption) });

/** What decides the review of a report, besides what was collected of the account. */
export const ReviewSettings = z.object({
  /** Start of the run, ISO 8601 in UTC. Ages of credentials are counted from it. */
  startedAt: z.iso.datetime(),
  checks: RuleSettings,
  /** Whether the service-specific credentials of the accounts are listed too. */
  serviceCredentials: z.boolean(),
});
export type ReviewSettings = z.infer<typeof ReviewSettings>;

/** The same settings, wherever the run says more. */
export const reviewSettingsOf = ({
  startedAt,
  settings: { checks, serviceCredentials },
}: {
  startedAt: string;
  settings: Pick<RunSettings, 'checks' | 'serviceCredentials'>;
}): ReviewSettings => ({ startedAt, checks: RuleSettings.parse(checks), serviceCredentials });

/**
 * The accounts of one batch. They are in the bucket and not in the items of the Map, so that the state of the execution
 * stays small; and a Map can read its items only from a bucket in its own account and Region, while the reports may be
 * elsewhere (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
 */
export const Batch = z.object({
  run: RunName,
  /** That of the ledger. */
  nonce: z.string(),
  batch: count(),
  /** Whether it is collected while other accounts are listed: what is not ready then goes to a batch of the Map. */
  whileListing: z.boolean(),
  waiting: Waiting,
  /** What decides the review of a report. */
  review: ReviewSettings,
  accounts: z.array(AccountId).check(z.minLength(1)),
});
export type Batch = z.infer<typeof Batch>;

/** Why the service-specific credentials of an account are not known, besides what can fail for a report as well. */
export const serviceCredentialFailures = [
  'list-invalid',
  'not-listed',
  'list-missing',
  'list-changed',
  ...failureReasons,
] as const;
export type ServiceCredentialFailure = (typeof serviceCredentialFailures)[number];

/** What became of the service-specific credentials of an account whose report was collected. */
export const ServiceCredentialsOutcome = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('collected'),
    collectedAt: z.string(),
    /** Key of the list. */
    key: z.string(),
    bytes: count(),
    /** Hash of the list, which S3 checked when it was stored. */
    sha256: Sha256,
    /** Absent if the bucket has no versions. */
    versionId: z.optional(z.string()),
    etag: z.string(),
    /** Number of credentials. */
    credentials: count(),
  }),
  z.object({
    outcome: z.literal('failed'),
    reason: z.enum(serviceCredentialFailures),
    detail: z.string(),
  }),
]);
export type ServiceCredentialsOutcome = z.infer<typeof ServiceCredentialsOutcome>;

/** Hash of a list that was stored. */
export const hashOfList = (outcome: ServiceCredentialsOutcome | undefined): string | undefined =>
  outcome?.outcome === 'collected' ? outcome.sha256 : undefined;

export const Outcome = z.discriminatedUnion('outcome', [
  z.object({
    account: AccountId,
    outcome: z.literal('collected'),
    /** When IAM generated the report, up to four hours before it was collected. */
    generatedAt: z.string(),
    collectedAt: z.string(),
    /** Key of the report. */
    key: z.string(),
    bytes: count(),
    /** Hash of the bytes that IAM returned. S3 checked it when the report was stored. */
    sha256: Sha256,
    /** Absent if the bucket has no versions. */
    versionId: z.optional(z.string()),
    /** As S3 returned it; the same in a listing as long as nobody replaces the report. */
    etag: z.string(),
    /** Absent if they are not listed in this run. */
    serviceCredentials: z.optional(ServiceCredentialsOutcome),
    /** Hash of the review of the report, see `report-review/review-line.ts`; absent if it was not reviewed. */
    review: z.optional(Sha256),
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
