/**
 * The events that other systems get of a run. Their schemas are published in `schemas/events/`; later versions may add fields. An
 * event can arrive twice and in any order: EventBridge delivers at least once and promises no order
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html), and a state that is repeated sends its events again.
 * `id` is the same then, and also if a second run of a day finds the same changes in an account.
 */
import * as z from 'zod/mini';
import { severities } from '../../checks/check';
import type { EventType } from '../../shared/event-names';

const text = (description: string) => z.string().check(z.describe(description));
const count = (description: string) => z.int().check(z.nonnegative(), z.describe(description));
const place = (description: string) =>
  z
    .object({
      url: text('URL of the object, s3://BUCKET/KEY'),
      console: z.optional(text('The same in the AWS console; absent where its address is not known')),
    })
    .check(z.describe(description));

const bySeverity = (description: string) =>
  z
    .object(
      Object.fromEntries(
        severities.map((severity) => [severity, count(`Of severity ${severity}`)]),
      ) as Record<(typeof severities)[number], ReturnType<typeof count>>,
    )
    .check(z.describe(description));

const ofEveryEvent = {
  version: z.literal(1),
  id: text('Identifies what is told: the same if it is told a second time'),
  text: text(
    'The event in sentences, for tickets and messages. Names in it come from outside; what looks like an address has brackets. It ends with the address of the page',
  ),
  environment: text('Name of the environment'),
  organizationId: text('ID of the organization'),
  run: z.object({
    date: text('Date of the run, YYYY-MM-DD in UTC'),
    execution: text('Name of the execution'),
    startedAt: text('Start of the run, ISO 8601 in UTC'),
  }),
  since: z
    .nullable(
      z.object({
        date: text('Date of that run'),
        execution: text('Name of its execution'),
        startedAt: text('Its start'),
      }),
    )
    .check(
      z.describe(
        'The run that changes are told against: the last one of an earlier day. Null if there is none',
      ),
    ),
  manifest: z.object({
    url: text('URL of the manifest, s3://BUCKET/KEY'),
    sha256: text('Hash of the manifest, hexadecimal'),
  }),
};

/** Why a run has no events about accounts. */
export const noAccountEventReasons = ['nothing-to-compare-with', 'rules-changed'] as const;

export const RunSummarized = z.object({
  ...ofEveryEvent,
  complete: z
    .boolean()
    .check(z.describe('Every expected account was collected, and at least one was expected')),
  accounts: z.object({
    expected: count('Accounts that were collected or failed'),
    collected: count('Accounts whose report is in the bucket'),
    failed: count('Accounts without a report'),
    skipped: count('Accounts whose report was not requested'),
  }),
  failures: z
    .array(z.object({ reason: z.string(), accounts: count('Accounts that failed for it') }))
    .check(z.describe('Failed accounts by reason')),
  findings: z.object({
    total: count('Findings that are not exempt'),
    bySeverity: bySeverity('Findings that are not exempt, by severity'),
    new: z.nullable(count('Findings that did not exist before')).check(z.describe('Null in a first run')),
    resolved: z.nullable(count('Findings that no longer exist')).check(z.describe('Null in a first run')),
  }),
  frameworks: z.array(
    z.object({
      name: text('Short name with version'),
      met: count('Controls that are met'),
      assessed: count('Controls that are assessed'),
    }),
  ),
  accountEvents: z.object({
    of: count('Events AccountFindingsChanged of this run'),
    reason: z
      .optional(z.enum(noAccountEventReasons))
      .check(
        z.describe(
          'Why there are none: without an earlier day everything is new, and what changed rules do is no change of accounts',
        ),
      ),
  }),
  page: place('The page of the day'),
  ocsf: z
    .optional(
      z.object({
        url: text('URL of the file, s3://BUCKET/KEY'),
        sha256: text('Hash of the file, hexadecimal'),
        bytes: count('Size of the file'),
        findings: count('Lines of the file'),
      }),
    )
    .check(z.describe('The findings in the format of OCSF; absent if they are not written')),
});
export type RunSummarized = z.infer<typeof RunSummarized>;

/** Findings that an event lists at most: the page and `findings.csv` have all of them. */
export const LISTED_FINDINGS = 25;

const ChangedFinding = z.object({
  change: z.enum(['new', 'resolved']),
  user: text('User name, or `<root_account>`'),
  check: text('ID of the check'),
  severity: z.enum(severities),
  credential: text(
    'The credential, such as `access-key` and its date of creation; empty if it is about none',
  ),
});

export const AccountFindingsChanged = z.object({
  ...ofEveryEvent,
  number: z.int().check(z.positive(), z.describe('This is event `number` of `of`')),
  of: z.int().check(z.positive(), z.describe('Events AccountFindingsChanged of this run')),
  account: z.object({
    id: text('Account ID; the ID of the organization for what concerns it as a whole'),
    name: text('Name of the account; empty for the organization'),
    owner: z
      .nullable(text('Name of the owner'))
      .check(z.describe('Null if it has none, or if it is not known')),
  }),
  severity: z
    .enum(severities)
    .check(z.describe('The worst of its new findings; of its resolved ones if none is new')),
  new: count('New findings'),
  newBySeverity: bySeverity('New findings by severity'),
  resolved: count('Resolved findings'),
  resolvedBySeverity: bySeverity('Resolved findings by severity'),
  findings: z
    .array(ChangedFinding)
    .check(
      z.maxLength(LISTED_FINDINGS),
      z.describe(`New findings, then resolved ones, the worst first: at most ${LISTED_FINDINGS}`),
    ),
  page: place('The page of the day'),
});
export type AccountFindingsChanged = z.infer<typeof AccountFindingsChanged>;

/** The events by their detail type, with the schemas of their details. */
export const eventDetails = { RunSummarized, AccountFindingsChanged } satisfies Record<EventType, unknown>;

/** An event as it is sent. */
export type ResultEvent =
  | { type: 'RunSummarized'; detail: RunSummarized }
  | { type: 'AccountFindingsChanged'; detail: AccountFindingsChanged };
