/**
 * The manifest of a run: every account that was expected, with its outcome and the hash of its report. Manifests are
 * numbered and each names the hash of the one before, so that together they prove what was told. Published for programs
 * as `schemas/manifest.json`, which is generated from this schema.
 */
import * as z from 'zod/mini';
import { severities } from '../checks/check';
import { rootCredentialsStates } from '../checks/root-user';
import { failureReasons } from '../shared/failure-reasons';
import { Owner, serviceCredentialFailures } from '../shared/run-files';
import { ENDS_SOON_DAYS, exemptionEffects } from './exemptions';

const text = (description: string) => z.string().check(z.describe(description));
const count = (description: string) => z.int().check(z.nonnegative(), z.describe(description));
const time = (description: string) => z.string().check(z.describe(`${description}, ISO 8601 in UTC`));
const sha256 = (description: string) =>
  z.string().check(z.regex(/^[0-9a-f]{64}$/), z.describe(`SHA-256 of ${description}, hexadecimal`));

/** The newest version that this code writes and reads. */
export const MANIFEST_VERSION = 3;

/** Most runs that a manifest remembers. */
export const RECENT_RUNS = 40;

/** How the report of an account was found when the run was summarized. */
const evidences = ['verified', 'superseded', 'superseded-not-verifiable'] as const;
export type Evidence = (typeof evidences)[number];

const evidenceOf = (object: string) =>
  z
    .enum(evidences)
    .check(
      z.describe(
        `\`verified\`: the ${object} in the bucket has this hash. \`superseded\`: another run of the day has stored a newer ` +
          'one, and the version of this run has this hash. `superseded-not-verifiable`: the same in a bucket ' +
          'without versions, so that the newer one was read',
      ),
    );

const ServiceCredentials = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('collected'),
    collectedAt: time('When the list was stored'),
    key: text('Key of the list'),
    bytes: count('Size of the list'),
    sha256: sha256('the list'),
    versionId: z.optional(text('Version of the list; absent if the bucket has no versions')),
    evidence: evidenceOf('list'),
    credentials: count('Service-specific credentials of all users'),
  }),
  z.object({
    outcome: z.literal('failed'),
    reason: z.enum(serviceCredentialFailures).check(z.describe('Why they are not known')),
    detail: text('The error, or what was wrong with the list'),
  }),
]);

const identity = {
  id: z.string().check(z.regex(/^\d{12}$/), z.describe('Account ID')),
  name: text('Account name'),
  path: z.optional(
    text('Organization, root, organizational units and account, as AWS Organizations writes paths'),
  ),
  unitNames: z.optional(
    text('Names of the organizational units in the path, separated by slashes; absent if they were not read'),
  ),
  owner: z
    .optional(z.nullable(Owner))
    .check(
      z.describe(
        'Who has to act on what is found in it, how and when that was found; null if it has none, absent if that is not known',
      ),
    ),
  tags: z
    .optional(z.record(z.string(), z.string()))
    .check(
      z.describe('Those of its tags that exemptions and owners ask for; absent if its tags are not known'),
    ),
};

export const ManifestAccount = z.discriminatedUnion('outcome', [
  z.object({
    ...identity,
    outcome: z.literal('collected'),
    generatedAt: z.nullable(time('When IAM generated the report; null if IAM did not say')),
    collectedAt: time('When the report was stored'),
    ageMinutes: z.nullable(
      z.int().check(z.describe('Age of the report when it was stored; null if unknown')),
    ),
    key: text('Key of the report'),
    bytes: count('Size of the report'),
    sha256: sha256('the report, as IAM returned it'),
    versionId: z.optional(text('Version of the report; absent if the bucket has no versions')),
    evidence: evidenceOf('report'),
    rootCredentials: z
      .enum(rootCredentialsStates)
      .check(
        z.describe(
          'Whether the root user has a password, an active access key, an active certificate or an MFA device; ' +
            '`unknown`: the report does not say',
        ),
      ),
    users: count('IAM users in the report, without the root user'),
    findings: count('Findings that are not exempt'),
    serviceCredentials: z.optional(
      ServiceCredentials.check(
        z.describe('Service-specific credentials of the account; absent if the run does not list them'),
      ),
    ),
  }),
  z.object({
    ...identity,
    outcome: z.literal('failed'),
    reason: z.enum(failureReasons).check(z.describe('Why there is no report')),
    detail: text('The error, or what was wrong with the report'),
    keptFrom: z.optional(
      z
        .object({
          number: count('Number of its manifest'),
          execution: z.string(),
          startedAt: z.string(),
        })
        .check(
          z.describe(
            'The earlier run of the day whose report of this account is in the tables and on the page of the day',
          ),
        ),
    ),
  }),
  z.object({
    ...identity,
    outcome: z.literal('skipped'),
    state: text('State of the account in AWS Organizations'),
    detail: text('Why no report was expected'),
  }),
]);
export type ManifestAccount = z.infer<typeof ManifestAccount>;

/** Days by the name of the threshold. */
const Rule = z.record(z.string(), count('Days'));

const CheckTotals = z.object({
  id: text('ID of the check'),
  title: text('What the check requires, with the thresholds of this run'),
  severity: z.enum(severities).check(z.describe('How bad its findings are')),
  thresholds: Rule.check(
    z.describe(
      'Its thresholds in this run; `machines.` is for users without a password. Empty if it has none',
    ),
  ),
  benchmark: z.nullable(count('Days in the benchmarks that name the check; null if they give none')),
  looser: z
    .boolean()
    .check(z.describe('It accepts more than these benchmarks, so that its result says nothing about them')),
  controls: z
    .array(z.string())
    .check(z.describe('Controls of the chosen frameworks that it assesses, such as `CIS v7.0 2.5`')),
  findings: count(
    'Findings that are not exempt: one for each credential that fails, or that cannot be judged',
  ),
  pass: count('Rows that passed'),
  fail: count('Rows that failed and are not exempt'),
  unknown: count('Rows whose result cannot be known, and that are not exempt'),
  exempt: count('Rows that failed, or whose result cannot be known, and that are exempt'),
  notApplicable: count('Rows that the check does not apply to'),
});
export type CheckTotals = z.infer<typeof CheckTotals>;

/** Results of a control, in the order of what matters most. */
export const controlStatuses = ['not-met', 'undecided', 'met', 'not-applicable', 'not-assessed'] as const;
export type ControlStatus = (typeof controlStatuses)[number];

const ControlTotals = z.object({
  id: text('Number of the control in the framework'),
  checks: z.array(z.string()).check(z.describe('IDs of the checks that assess it')),
  partial: z
    .boolean()
    .check(z.describe('It asks for more than its checks can see: `met` says that they found nothing')),
  status: z
    .enum(controlStatuses)
    .check(
      z.describe(
        '`not-met`: there are findings that fail and are not exempt. `undecided`: otherwise a result is unknown, or an ' +
          'account has no report. `met`: the rest. `not-applicable`: there is nothing anywhere that it applies to. `not-assessed`: a check is off, or its threshold is looser',
      ),
    ),
  met: count('Accounts that meet it, or that it does not apply to'),
  notMet: count('Accounts that do not meet it'),
  undecided: count('Accounts of which it is not known, those without a report included'),
  exempt: count('Accounts that meet it by exemptions only'),
});
export type ControlTotals = z.infer<typeof ControlTotals>;

const FrameworkTotals = z.object({
  id: text('ID of the framework'),
  name: text('Name of the framework'),
  version: text('Its version'),
  label: text('Short name with version'),
  assessed: count('Controls that checks assess, and that apply to something'),
  met: count('Controls that are met'),
  controls: z.array(ControlTotals),
});
export type FrameworkTotals = z.infer<typeof FrameworkTotals>;

const KeyAgesTotals = z.object({
  groups: z.array(
    z.object({
      from: count('Youngest age, whole days'),
      to: z.nullable(count('Oldest age, whole days; null in the last group')),
      keys: count('Keys of this age'),
    }),
  ),
  unknown: count('Keys that are active, or may be, whose age cannot be read'),
  meanDays: z
    .optional(z.number())
    .check(
      z.describe(
        'Mean age of the keys in the groups, days; absent if there are none, or in manifests of earlier versions',
      ),
    ),
});
export type KeyAgesTotals = z.infer<typeof KeyAgesTotals>;

const AppliedExemption = z.object({
  account: z.optional(
    text('Account ID, or * for every account. An exemption has one of the first four fields'),
  ),
  ou: z.optional(text('Root or organizational unit, or its path: it covers the accounts below')),
  accountTag: z
    .optional(z.object({ key: z.string(), value: z.string() }))
    .check(z.describe('Tag of the accounts in AWS Organizations')),
  owner: z.optional(text('Owner of the accounts')),
  user: text('User name, or a pattern with * and ?'),
  check: text('ID of the check'),
  reason: z.string(),
  expires: text('The last day on which it applies'),
  approvedBy: z.optional(text('Who accepted it')),
  ticket: z.optional(text('Where that is written')),
  source: z
    .enum(['environment', 'file'])
    .check(
      z.describe('Whether it is in the environment file, or in the exemptions file, which is one of `files`'),
    ),
  effect: z
    .enum(exemptionEffects)
    .check(
      z.describe(
        '`used`: it matches findings. `unused`: it matches none. `undecided`: it matches none, but accounts that it may ' +
          'cover have no report, or their unit, tags or owner is not known. `expired`: its last day has passed, and the ' +
          'findings that it covered fail again',
      ),
    ),
  endsSoon: z.boolean().check(z.describe(`Its last day is at most ${ENDS_SOON_DAYS} days away`)),
  findings: count('Findings that it matches in this run; another exemption may match them too'),
});

const changedAccounts = (description: string) =>
  z
    .array(z.object({ id: identity.id, name: identity.name, why: text('What happened') }))
    .check(z.describe(description));

const RuleChange = z.object({
  check: text('ID of the check'),
  change: z
    .enum(['changed', 'added', 'removed'])
    .check(z.describe('Whether its threshold changed, or the check came or went')),
  since: z
    .enum(['earlier-run', 'last-report'])
    .check(
      z.describe('last-report: the earlier run had this rule already, but accounts had no report in it'),
    ),
  before: z.nullable(Rule).check(z.describe('Its thresholds before; null if the check came')),
  after: z.nullable(Rule).check(z.describe('Its thresholds now; null if the check went')),
  appeared: count('Findings that appeared by that'),
  disappeared: count('Findings that disappeared by that'),
});
export type RuleChange = z.infer<typeof RuleChange>;

/**
 * Findings that are not exempt add up: `findingsBefore` + `newFindings` + `appearedFindings` − `resolvedFindings` −
 * `disappearedFindings` − `exemptedFindings` − `findingsOfRemovedAccounts` = `findingsNow`.
 */
export const Changes = z.object({
  since: z
    .object({ date: z.string(), execution: z.string(), startedAt: z.string() })
    .check(z.describe('The run that this one is compared with: the last one of an earlier day')),
  findingsBefore: count(
    'Findings that were not exempt in the earlier run; of accounts without a report, those of their last report',
  ),
  newFindings: count(
    'Findings that did not exist before, or were exempt. An account without a report in the earlier run is compared with its last report',
  ),
  appearedFindings: count('Findings that appeared because the rule of their check changed or came'),
  resolvedFindings: count('Findings that no longer exist'),
  disappearedFindings: count('Findings that disappeared because the rule of their check changed or went'),
  exemptedFindings: count('Findings that are exempt now and were not before'),
  findingsOfRemovedAccounts: count('Findings of accounts that left the organization'),
  findingsNow: count(
    'Findings that are not exempt; of failed and skipped accounts, those of their last report',
  ),
  resolvedExemptFindings: count('Exempt findings that no longer exist; not part of the other numbers'),
  usersAdded: count('Users that did not exist before'),
  usersRemoved: count('Users that no longer exist, without those of accounts that left the organization'),
  usersOfRemovedAccounts: count('Users of accounts that left the organization'),
  accountsAdded: changedAccounts('Accounts that are expected now and were not before'),
  accountsRemoved: changedAccounts('Accounts that were expected before and are not now'),
  ruleChanges: z.array(RuleChange).check(z.describe('Thresholds that changed, and checks that came or went')),
});
export type Changes = z.infer<typeof Changes>;

const FileOfRun = z.object({
  key: text('Key of the file'),
  bytes: count('Size of the file'),
  sha256: sha256('the file'),
});
export type FileOfRun = z.infer<typeof FileOfRun>;

const ManifestReference = z.object({
  key: text('Key of the manifest'),
  sha256: z.nullable(sha256('the manifest')).check(z.describe('Null if it could not be read')),
});
export type ManifestReference = z.infer<typeof ManifestReference>;

const RecentRun = z.object({
  number: count('Number of its manifest'),
  sha256: sha256('its manifest'),
  date: z.string(),
  execution: z.string(),
  startedAt: z.string(),
});
export type RecentRun = z.infer<typeof RecentRun>;

export const Manifest = z.object({
  version: z.literal(MANIFEST_VERSION),
  number: z
    .int()
    .check(
      z.positive(),
      z.describe('Manifests of an environment are numbered in the order in which runs finish'),
    ),
  previous: z.nullable(ManifestReference).check(z.describe('The manifest before; null in the first')),
  environment: text('Name of the environment'),
  organizationId: text('ID of the organization'),
  accountId: text('Account that collects'),
  region: text('Region in which it collects'),
  productVersion: text('Version of this project that summarized the run'),
  execution: text('Name of the execution'),
  date: text('Date of the run, YYYY-MM-DD in UTC'),
  startedAt: time('Start of the run; ages of credentials are counted from it'),
  retentionDays: z
    .nullable(z.int().check(z.positive()))
    .check(
      z.describe('Days after which objects of the bucket expire; null if they do not, or it is not known'),
    ),
  complete: z
    .boolean()
    .check(z.describe('Every expected account was collected, and at least one was expected')),
  totals: z.object({
    accounts: count('Accounts in the ledger: expected and skipped'),
    expected: count('Accounts that were collected or failed'),
    collected: count('Accounts whose report is in the bucket'),
    failed: count('Accounts without a report'),
    skipped: count('Accounts whose report was not requested'),
    withoutRootCredentials: count('Collected accounts whose root user has no credentials'),
    users: count('IAM users in all reports, without root users'),
    findings: count('Findings that are not exempt'),
    findingsBySeverity: z
      .object({
        critical: count('Findings of severity critical'),
        high: count('Findings of severity high'),
        medium: count('Findings of severity medium'),
        low: count('Findings of severity low'),
      })
      .check(z.describe('Findings that are not exempt, by severity')),
    principalsWithFindings: count('Users and root users with at least one finding that is not exempt'),
  }),
  serviceCredentials: z
    .nullable(
      z.object({
        collected: count('Collected accounts whose service-specific credentials are known'),
        unknown: count('Collected accounts whose service-specific credentials are not known'),
        credentials: count('Service-specific credentials in these lists'),
      }),
    )
    .check(z.describe('Service-specific credentials; null if the run does not list them')),
  owners: z
    .nullable(
      z.object({
        known: count('Accounts with an owner'),
        none: count('Accounts without an owner'),
        unknown: count('Accounts of which that is not known'),
      }),
    )
    .check(z.describe('Owners of the expected accounts; null if the environment asks for none')),
  failures: z
    .array(z.object({ reason: z.enum(failureReasons), accounts: z.int().check(z.positive()) }))
    .check(z.describe('Failed accounts by reason')),
  checks: z.array(CheckTotals).check(z.describe('The checks that are on, the worst severity first')),
  frameworks: z.array(FrameworkTotals).check(z.describe('The chosen frameworks, control by control')),
  keyAges: KeyAgesTotals.check(
    z.describe('Active access keys of users by age; those of root users do not count'),
  ),
  exemptions: z.array(AppliedExemption).check(z.describe('Every exemption of the environment and its file')),
  changes: z.nullable(Changes).check(z.describe('What changed; null if there is no earlier day')),
  unknownColumns: z
    .array(z.string())
    .check(z.describe('Columns that are in the reports but not in credentials.csv')),
  notes: z
    .array(z.string())
    .check(z.describe('What could not be compared or read, and why; nothing of it affects the reports')),
  recent: z
    .array(RecentRun)
    .check(
      z.maxLength(RECENT_RUNS),
      z.describe(
        'The runs of the manifests before, newest first, and the last ones of earlier days, so that a run finds earlier ones',
      ),
    ),
  files: z.array(FileOfRun).check(z.describe('The files that the run wrote, besides reports')),
  accounts: z.array(ManifestAccount).check(z.describe('Every account of the ledger, by ID')),
});
export type Manifest = z.infer<typeof Manifest>;

/** What a run found: a manifest without its place among the others and without the files that the run wrote. */
export type RunContent = Omit<Manifest, 'version' | 'number' | 'previous' | 'recent' | 'files'>;
