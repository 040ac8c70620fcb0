/**
 * The manifest of a run: every account that was expected, with its outcome. Published for programs as
 * `schemas/manifest.json`, which is generated from this schema.
 */
import * as z from 'zod/mini';
import { failureReasons } from '../shared/failure-reasons';

const text = (description: string) => z.string().check(z.describe(description));
const count = (description: string) => z.int().check(z.nonnegative(), z.describe(description));
const time = (description: string) => z.string().check(z.describe(`${description}, ISO 8601 in UTC`));

const identity = {
  id: z.string().check(z.regex(/^\d{12}$/), z.describe('Account ID')),
  name: text('Account name'),
  path: z.optional(
    text('Organization, root, organizational units and account, as AWS Organizations writes paths'),
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
    bytes: count('Size of the report'),
    users: count('IAM users in the report, without the root user'),
    findings: count('Findings that are not exempt'),
  }),
  z.object({
    ...identity,
    outcome: z.literal('failed'),
    reason: z.enum(failureReasons).check(z.describe('Why there is no report')),
    detail: text('The error, or what was wrong with the report'),
  }),
  z.object({
    ...identity,
    outcome: z.literal('skipped'),
    state: text('State of the account in AWS Organizations'),
    detail: text('Why no report was expected'),
  }),
]);
export type ManifestAccount = z.infer<typeof ManifestAccount>;

const CheckTotals = z.object({
  id: text('ID of the check'),
  title: text('What the check requires, with the thresholds of this run'),
  threshold: z
    .nullable(
      z.object({
        name: text('Name of the setting'),
        days: count('Its value in this run'),
        benchmark: z.nullable(count('Its value in the benchmark; null if the benchmark gives none')),
      }),
    )
    .check(z.describe('The threshold of the check; null if it has none')),
  cis: z
    .nullable(z.object({ 'v3.0': z.string(), 'v5.0': z.string() }))
    .check(
      z.describe(
        'Recommendation numbers in the CIS AWS Foundations Benchmark; null if the check is not part of it, or if its threshold is looser',
      ),
    ),
  pass: count('Rows that passed'),
  fail: count('Rows that failed and are not exempt'),
  exempt: count('Rows that failed and are exempt'),
  notApplicable: count('Rows that the check does not apply to'),
});
export type CheckTotals = z.infer<typeof CheckTotals>;

const AppliedExemption = z.object({
  account: text('Account ID, or * for every account'),
  user: text('User name, or a pattern with * and ?'),
  check: text('ID of the check'),
  reason: z.string(),
  expires: text('The last day on which it applies'),
  expired: z.boolean().check(z.describe('Its last day has passed: the findings that it covered fail again')),
  findings: count('Findings that it covers in this run'),
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
    .enum(['previous-run', 'last-report'])
    .check(
      z.describe('last-report: the previous run had this rule already, but accounts had no report in it'),
    ),
  before: z.nullable(count('The threshold before, days')),
  after: z.nullable(count('The threshold now, days')),
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
    .check(z.describe('The previous run')),
  findingsBefore: count(
    'Findings that were not exempt in the previous run; of accounts without a report, those of their last report',
  ),
  newFindings: count(
    'Findings that did not exist before, or were exempt. An account without a report in the previous run is compared with its last report',
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
  notes: z.array(z.string()).check(z.describe('What is wrong with the comparison; empty if nothing is')),
});
export type Changes = z.infer<typeof Changes>;

export const Manifest = z.object({
  version: z.literal(1),
  environment: text('Name of the environment'),
  execution: text('Name of the execution'),
  date: text('Date of the run, YYYY-MM-DD in UTC'),
  startedAt: time('Start of the run; ages of credentials are counted from it'),
  complete: z
    .boolean()
    .check(z.describe('Every expected account was collected, and at least one was expected')),
  totals: z.object({
    accounts: count('Accounts in the ledger: expected and skipped'),
    expected: count('Accounts that were collected or failed'),
    collected: count('Accounts whose report is in the bucket'),
    failed: count('Accounts without a report'),
    skipped: count('Accounts whose report was not requested'),
    users: count('IAM users in all reports, without root users'),
    findings: count('Findings that are not exempt'),
    principalsWithFindings: count('Users and root users with at least one finding that is not exempt'),
  }),
  failures: z
    .array(z.object({ reason: z.enum(failureReasons), accounts: z.int().check(z.positive()) }))
    .check(z.describe('Failed accounts by reason')),
  checks: z.array(CheckTotals),
  exemptions: z.array(AppliedExemption).check(z.describe('Every exemption of the environment')),
  changes: z.nullable(Changes).check(z.describe('What changed; null if there is no previous run')),
  unknownColumns: z
    .array(z.string())
    .check(z.describe('Columns that are in the reports but not in credentials.csv')),
  accounts: z.array(ManifestAccount).check(z.describe('Every account of the ledger, by ID')),
});
export type Manifest = z.infer<typeof Manifest>;
