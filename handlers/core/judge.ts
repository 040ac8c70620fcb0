/** What the checks say about an account by what was collected, before exemptions: plain data, the same wherever it is made. */
import {
  type AccountFacts,
  type Check,
  type CheckContext,
  type CheckResult,
  type RowCheck,
  type Verdicts,
  notApplicable,
  unknown,
} from '../checks/check';
import { additionalCredentials } from '../checks/additional-credentials';
import { readable } from '../checks/credentials';
import { type Credential, identityOfCredential } from '../credential-report/credential';
import type { CredentialReport } from '../credential-report/credential-report';
import { type CredentialRow, ROOT_USER } from '../credential-report/credential-row';
import type { LedgerOrganization } from '../shared/run-files';
import type { RuleSet } from './rule-set';
import { worse } from './worse';

/** Whom findings about the organization name as their user. */
export const ORGANIZATION = '<organization>';

/** A credential that breaks a rule, or of which nobody knows whether it does. */
export interface JudgedFinding {
  readonly user: string;
  readonly arn: string;
  readonly result: 'fail' | 'unknown';
  readonly reason: string;
  /** Identifies it among the findings of the user, in this run and in others. */
  readonly key: string;
  /** Absent if the finding is about the user, the account or the organization as a whole. */
  readonly credential?: Credential;
}

/** What one check says. */
export interface JudgedCheck {
  /** Users, or other things that it judges, without a finding: those that pass, and those that it does not apply to. */
  readonly pass: number;
  readonly notApplicable: number;
  /** The findings of each of the others, in the order of the report. */
  readonly found: readonly (readonly JudgedFinding[])[];
}

export interface JudgedAccount {
  /** In the order of the rule set. */
  readonly checks: readonly JudgedCheck[];
  /** Users who have more access keys or certificates than the report shows. */
  readonly hidden: readonly string[];
}

export function judgeAccount(
  { checks, context }: RuleSet,
  account: string,
  facts: AccountFacts,
): JudgedAccount {
  const arns = arnsIn(facts.report);
  const hidden = judged(additionalCredentials, account, facts, context);
  return {
    checks: checks.map(({ check }) => judgedCheck(check, judged(check, account, facts, context), arns)),
    hidden: hidden.filter(({ verdicts }) => resultOf(verdicts) === 'unknown').map(({ user }) => user),
  };
}

/** @param id - of the organization */
export function judgeOrganization(
  { checks, context }: RuleSet,
  id: string,
  organization: LedgerOrganization,
): JudgedAccount {
  const arn = `arn:${context.partition}:organizations::${organization.managementAccountId}:organization/${id}`;
  const judge = (check: Check): Judged[] =>
    check.appliesTo === 'organization'
      ? [{ user: ORGANIZATION, arn, verdicts: check.evaluate(organization, context) }]
      : [];
  return { checks: checks.map(({ check }) => judgedCheck(check, judge(check), new Map())), hidden: [] };
}

interface Judged {
  user: string;
  arn: string;
  verdicts: Verdicts;
}

type Arns = ReadonlyMap<string, string>;

function judgedCheck(check: Check, all: readonly Judged[], arns: Arns): JudgedCheck {
  const counts = { pass: 0, notApplicable: 0 };
  const found: JudgedFinding[][] = [];
  for (const one of all) {
    const findings = findingsOf(check, one, arns);
    if (findings.length > 0) found.push(findings);
    else counts[resultOf(one.verdicts) === 'pass' ? 'pass' : 'notApplicable']++;
  }
  return { ...counts, found };
}

function findingsOf(check: Check, { user: principal, arn, verdicts }: Judged, arns: Arns): JudgedFinding[] {
  const keys = new Set<string>();
  return verdicts.flatMap(({ result, reason, credential, user }) => {
    if (result !== 'fail' && result !== 'unknown') return [];
    // Without an ARN if the user was created after the report was generated: it has a path that nobody knows then.
    const owner = user === undefined ? { user: principal, arn } : { user, arn: arns.get(user) ?? '' };
    const key = unique(keyOf(check, credential), keys);
    return { ...owner, result, reason, key, ...(credential && { credential }) };
  });
}

/** The result of a row: that of the worst of its credentials. */
export const resultOf = ([first, ...others]: Verdicts): CheckResult =>
  others.reduce((before, { result }) => worse(result, before), first.result);

function judged(check: Check, account: string, facts: AccountFacts, context: CheckContext): Judged[] {
  const { report } = facts;
  const { root, users } = report;
  const rootArn = root?.cell('arn') ?? `arn:${context.partition}:iam::${account}:root`;
  const ofRoot = (verdicts: Verdicts) => [{ user: ROOT_USER, arn: rootArn, verdicts }];
  const rootRow = (rowCheck: RowCheck) =>
    ofRoot(root ? verdictsOf(rowCheck, root, context) : withoutRootRow(context));
  const userRows = (rowCheck: RowCheck) =>
    users.map((row) => ({
      user: row.user,
      arn: row.cell('arn'),
      verdicts: verdictsOf(rowCheck, row, context),
    }));
  switch (check.appliesTo) {
    case 'organization':
      return [];
    case 'account':
      return ofRoot(check.evaluate(facts, context));
    case 'report':
      return ofRoot(check.evaluate(report, context));
    case 'root':
      return rootRow(check);
    case 'user':
      return userRows(check);
    case 'principal':
      return [...rootRow(check), ...userRows(check)];
  }
}

/** By user: the first, if two rows name the same one. */
const arnsIn = ({ users }: CredentialReport): Arns =>
  new Map(users.map((row) => [row.user, row.cell('arn')] as const).reverse());

/** The results of a check for a row. A cell that cannot be read makes them unknown. */
export const verdictsOf = (check: RowCheck, row: CredentialRow, context: CheckContext): Verdicts =>
  readable(() => check.evaluate(row, context));

const withoutRootRow = ({ partition }: CheckContext): Verdicts =>
  partition === 'aws-cn' ? notApplicable('AWS China') : unknown('the report has no row for the root user');

/** Two keys of a user may have been created in the same second, or both have no date that can be read. */
function unique(key: string, known: Set<string>): string {
  let found = key;
  for (let number = 2; known.has(found); number++) found = `${key} #${number}`;
  known.add(found);
  return found;
}

/** Text that contains neither a line break nor the mark of an exempt finding: see `snapshot.ts`. */
const keyOf = ({ id }: Check, credential: Credential | undefined) =>
  credential ? `${id} ${identityOfCredential(credential)}` : id;
