import {
  type AccountFacts,
  type OtherFacts,
  type Check,
  type CheckContext,
  type CheckResult,
  type RowCheck,
  type Severity,
  type Verdicts,
  notApplicable,
  unknown,
} from '../checks/check';
import { additionalCredentials } from '../checks/additional-credentials';
import { readable } from '../checks/credentials';
import { type Credential, identityOfCredential } from '../credential-report/credential';
import type { CredentialReport } from '../credential-report/credential-report';
import { type CredentialRow, ROOT_USER } from '../credential-report/credential-row';
import type { Exemption } from '../shared/events';
import type { ExemptedAccount } from './exemption-scopes';
import type { LedgerOrganization } from '../shared/run-files';
import type { Exemptions } from './exemptions';
import type { ActiveCheck, RuleSet } from './rule-set';

/** Whom findings about the organization name as their user. */
export const ORGANIZATION = '<organization>';

/** In place of a report where the organization is judged. */
export const NO_REPORT: CredentialReport = { root: undefined, users: [], unknownColumns: [] };

/** A credential that breaks a rule, or of which nobody knows whether it does. */
export interface Finding {
  readonly user: string;
  readonly arn: string;
  readonly check: Check;
  readonly severity: Severity;
  readonly result: 'fail' | 'unknown';
  readonly reason: string;
  /** Absent if the finding is about the user, the account or the organization as a whole. */
  readonly credential?: Credential;
  /** Identifies it among the findings of the user, in this run and in others. */
  readonly key: string;
  /** Why it is accepted, and until when; absent if it is not accepted. */
  readonly exemption?: Exemption;
}

/** The result of a check for a row, a report or an account. `exempt`: it fails or is unknown, and that is accepted. */
export type CountedResult = CheckResult | 'exempt';

/** Results of one check over the whole organization. */
export interface CheckCounts {
  pass: number;
  fail: number;
  unknown: number;
  exempt: number;
  notApplicable: number;
  /** Findings that are not exempt: a row may have one for each of its credentials. */
  findings: number;
}

export const zeroCounts = (): CheckCounts => ({
  pass: 0,
  fail: 0,
  unknown: 0,
  exempt: 0,
  notApplicable: 0,
  findings: 0,
});

/** What the checks found in one account. */
export interface AccountEvaluation {
  /** The worst first, then in the order of the report. */
  readonly findings: readonly Finding[];
  /** The worst result of every check that applies to something in the account, by ID. */
  readonly results: ReadonlyMap<string, CountedResult>;
  /** The same for controls, which credentials that the report does not show leave undecided. */
  readonly controlResults: ReadonlyMap<string, CountedResult>;
}

/** Results, the worst first: one credential decides the result of a row, and one row that of an account. */
const WORST_FIRST: readonly CountedResult[] = ['fail', 'unknown', 'exempt', 'pass', 'not-applicable'];
const rankOf = (result: CountedResult) => WORST_FIRST.indexOf(result);

/** The worse one of two results. */
export const worse = <Result extends CountedResult>(one: Result, other: Result | undefined): Result =>
  other === undefined || rankOf(one) <= rankOf(other) ? one : other;

const NOTHING_ELSE: OtherFacts = { serviceCredentials: undefined, startedAt: 0 };

/** Runs the checks on the reports, one account at a time, and counts every result. */
export class Evaluation {
  readonly counts: ReadonlyMap<string, CheckCounts>;

  constructor(
    private readonly ruleSet: RuleSet,
    private readonly exemptions: Pick<Exemptions, 'apply'>,
  ) {
    this.counts = new Map(ruleSet.checks.map(({ check }) => [check.id, zeroCounts()]));
  }

  /** @param others - what else is known of the account */
  account(
    account: ExemptedAccount,
    report: CredentialReport,
    others: OtherFacts = NOTHING_ELSE,
  ): AccountEvaluation {
    const { context } = this.ruleSet;
    const facts = { report, ...others };
    return this.evaluate(account, report, (check) => judged(check, account.id, facts, context));
  }

  /** @param id - of the organization, which its findings name as their account */
  organization(id: string, organization: LedgerOrganization): AccountEvaluation {
    const { context } = this.ruleSet;
    const arn = `arn:${context.partition}:organizations::${organization.managementAccountId}:organization/${id}`;
    return this.evaluate({ id }, NO_REPORT, (check) =>
      check.appliesTo === 'organization'
        ? [{ user: ORGANIZATION, arn, verdicts: check.evaluate(organization, context) }]
        : [],
    );
  }

  private evaluate(
    account: ExemptedAccount,
    report: CredentialReport,
    judge: (check: Check) => Judged[],
  ): AccountEvaluation {
    const results = new Map<string, CountedResult>();
    const findings: Finding[] = [];
    for (const active of this.ruleSet.checks)
      for (const { user, arn, verdicts } of judge(active.check)) {
        const found = this.findings(active, account, { user, arn }, verdicts, report);
        findings.push(...found);
        const result = this.count(active, verdicts, found);
        results.set(active.check.id, worse(result, results.get(active.check.id)));
      }
    return { findings, results, controlResults: this.withHidden(results, findings, judge) };
  }

  /** The results, of which nobody knows those of users who have more keys or certificates than the report shows. */
  private withHidden(
    results: ReadonlyMap<string, CountedResult>,
    findings: readonly Finding[],
    judge: (check: Check) => Judged[],
  ): ReadonlyMap<string, CountedResult> {
    const all = new Map(results);
    // Also if that check is off.
    for (const { user, verdicts } of judge(additionalCredentials)) {
      if (resultOf(verdicts) !== 'unknown') continue;
      const told = findings.find((one) => one.check === additionalCredentials && one.user === user);
      const result = told?.exemption ? 'exempt' : 'unknown';
      for (const { check } of this.ruleSet.checks)
        if (check.seesOnlyTwo && appliesToUser(check, user))
          all.set(check.id, worse<CountedResult>(result, all.get(check.id)));
    }
    return all;
  }

  private findings(
    { check, severity }: ActiveCheck,
    account: ExemptedAccount,
    principal: Pick<Finding, 'user' | 'arn'>,
    verdicts: Verdicts,
    report: CredentialReport,
  ): Finding[] {
    const keys = new Set<string>();
    return verdicts.flatMap(({ result, reason, credential, user }) => {
      if (result !== 'fail' && result !== 'unknown') return [];
      const owner = user === undefined ? principal : { user, arn: arnIn(report, user) };
      const exemption = this.exemptions.apply(check.id, account, owner.user);
      const key = unique(keyOf(check, credential), keys);
      const about = { ...(credential && { credential }), ...(exemption && { exemption }) };
      return { ...owner, check, severity, result, reason, key, ...about };
    });
  }

  private count({ check }: ActiveCheck, verdicts: Verdicts, found: readonly Finding[]): CountedResult {
    const counts = this.counts.get(check.id) ?? zeroCounts();
    const open = found.filter(({ exemption }) => !exemption);
    counts.findings += open.length;
    const [worst, ...others] = open.map((finding) => finding.result);
    const result = worst
      ? others.reduce((before, other) => worse(other, before), worst)
      : found.length > 0
        ? 'exempt'
        : resultOf(verdicts);
    counts[result === 'not-applicable' ? 'notApplicable' : result]++;
    return result;
  }
}

/** The result of a row: that of the worst of its credentials. */
export const resultOf = ([first, ...others]: Verdicts): CheckResult =>
  others.reduce((before, { result }) => worse(result, before), first.result);

/** Whether a check judges a user, or the root user. */
const appliesToUser = ({ appliesTo }: Check, user: string) =>
  appliesTo === (user === ROOT_USER ? 'root' : 'user');

interface Judged {
  user: string;
  arn: string;
  verdicts: Verdicts;
}

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

/** Empty if the user was created after the report was generated: the ARN has a path that nobody knows then. */
const arnIn = ({ users }: CredentialReport, user: string) =>
  users.find((row) => row.user === user)?.cell('arn') ?? '';

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
