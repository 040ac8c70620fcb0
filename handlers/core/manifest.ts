/**
 * The manifest of a run: every account that was expected and what became of it. Published for programs as
 * `schemas/manifest.json`, which is made from this schema.
 */
import * as z from 'zod/mini';
import { failureReasons } from '../shared/failure-reasons';

const text = (description: string) => z.string().check(z.describe(description));
const count = (description: string) => z.int().check(z.nonnegative(), z.describe(description));
const when = (description: string) => z.string().check(z.describe(`${description}, ISO 8601 in UTC`));

const who = {
  id: z.string().check(z.regex(/^\d{12}$/), z.describe('Account id')),
  name: text('Name of the account'),
  path: z.optional(
    text('Organization, root, organizational units and account, as AWS Organizations writes it'),
  ),
};

const CollectedAccount = z.object({
  ...who,
  outcome: z.literal('collected'),
  generatedAt: z.nullable(when('When IAM made the report; null if IAM did not say')),
  collectedAt: when('When it was stored'),
  ageMinutes: z.nullable(
    z.int().check(z.describe('Age of the report when it was stored; null if not known')),
  ),
  bytes: count('Size of the report'),
  users: count('IAM users in the report, the root user not counted'),
  findings: count('Findings that are not exempt'),
});

export const ManifestAccount = z.discriminatedUnion('outcome', [
  CollectedAccount,
  z.object({
    ...who,
    outcome: z.literal('failed'),
    reason: z.enum(failureReasons).check(z.describe('Why there is no report')),
    detail: text('What was seen'),
  }),
  z.object({
    ...who,
    outcome: z.literal('skipped'),
    state: text('State of the account in AWS Organizations'),
    detail: text('Why no report was expected'),
  }),
]);
export type ManifestAccount = z.infer<typeof ManifestAccount>;

const CheckTotals = z.object({
  id: text('Id of the check'),
  title: text('What the check asks for, with the thresholds of this run'),
  cis: z
    .object({ 'v3.0': z.string(), 'v5.0': z.string() })
    .check(z.describe('Numbers in the CIS AWS Foundations Benchmark')),
  pass: count('Rows that passed'),
  fail: count('Rows that failed and are not exempt'),
  exempt: count('Rows that failed and are exempt'),
  notApplicable: count('Rows to which it does not apply'),
});
export type CheckTotals = z.infer<typeof CheckTotals>;

const AppliedExemption = z.object({
  account: text('Account id, or * for every account'),
  user: text('User, or pattern with * and ?'),
  check: text('Id of the check'),
  reason: z.string(),
  expires: text('Last day on which it holds'),
  expired: z.boolean().check(z.describe('It holds no more: what it exempted fails')),
  findings: count('Findings that it exempted'),
});

const accountThat = (what: string) =>
  z.array(z.object({ id: who.id, name: who.name, why: text('What happened') })).check(z.describe(what));

export const Changes = z.object({
  since: z
    .object({ date: z.string(), execution: z.string(), startedAt: z.string() })
    .check(z.describe('The newest earlier run')),
  newFindings: count(
    'Findings that were not there, or were exempt; an account that failed then is held against its last report',
  ),
  resolvedFindings: count('Findings, exempt or not, that are no more; none of accounts that failed now'),
  usersAdded: count('Users that were not there'),
  usersRemoved: count('Users that are no more; none of accounts that failed now'),
  accountsAdded: accountThat('Accounts that are expected now and were not'),
  accountsRemoved: accountThat('Accounts that were expected and are not now'),
});
export type Changes = z.infer<typeof Changes>;

export const Manifest = z.object({
  version: z.literal(1),
  environment: text('Name of the environment'),
  execution: text('Name of the execution'),
  date: text('Date of the run, YYYY-MM-DD in UTC'),
  startedAt: when('Start of the run; ages of credentials are counted from it'),
  complete: z.boolean().check(z.describe('Every account that was expected is collected, and there was one')),
  totals: z.object({
    accounts: count('Accounts in the ledger: expected and skipped'),
    expected: count('Collected and failed'),
    collected: count('Accounts whose report lies in the bucket'),
    failed: count('Accounts without a report'),
    skipped: count('Accounts that were not asked'),
    users: count('IAM users in all reports, root users not counted'),
    findings: count('Findings that are not exempt'),
  }),
  failures: z
    .array(z.object({ reason: z.enum(failureReasons), accounts: z.int().check(z.positive()) }))
    .check(z.describe('Failed accounts by reason')),
  checks: z.array(CheckTotals),
  exemptions: z.array(AppliedExemption).check(z.describe('Every exemption of the environment')),
  changes: z.nullable(Changes).check(z.describe('What changed; null if there is no earlier run')),
  unknownColumns: z
    .array(z.string())
    .check(z.describe('Columns of reports that are not in the table; they are in the reports')),
  accounts: z.array(ManifestAccount).check(z.describe('Every account of the ledger, by id')),
});
export type Manifest = z.infer<typeof Manifest>;
