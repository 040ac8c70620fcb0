import { type Check, type Severity } from '../checks/check';
import { additionalCredentials } from '../checks/additional-credentials';
import { ROOT_USER } from '../credential-report/credential-row';
import type { Exemption } from '../shared/events';
import type { LedgerOrganization } from '../shared/run-files';
import type { ExemptedAccount } from './exemption-scopes';
import type { Exemptions } from './exemptions';
import { type JudgedAccount, type JudgedCheck, type JudgedFinding, judgeOrganization } from './judge';
import type { ActiveCheck, RuleSet } from './rule-set';
import { type CountedResult, worse } from './worse';

/** A finding of a run. */
export interface Finding extends JudgedFinding {
  readonly check: Check;
  readonly severity: Severity;
  /** Why it is accepted, and until when; absent if it is not accepted. */
  readonly exemption?: Exemption;
}

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

/** Applies the exemptions to what the checks say, one account at a time, and counts every result. */
export class Evaluation {
  readonly counts: ReadonlyMap<string, CheckCounts>;

  constructor(
    private readonly ruleSet: RuleSet,
    private readonly exemptions: Pick<Exemptions, 'apply'>,
  ) {
    this.counts = new Map(ruleSet.checks.map(({ check }) => [check.id, zeroCounts()]));
  }

  account(account: ExemptedAccount, { checks, hidden }: JudgedAccount): AccountEvaluation {
    const results = new Map<string, CountedResult>();
    const findings: Finding[] = [];
    for (const [index, active] of this.ruleSet.checks.entries()) {
      const judged = checks[index];
      const result = judged && this.count(active, account, judged, findings);
      if (result) results.set(active.check.id, result);
    }
    return { findings, results, controlResults: this.withHidden(results, findings, hidden) };
  }

  /** @param id - of the organization, which its findings name as their account */
  organization(id: string, organization: LedgerOrganization): AccountEvaluation {
    return this.account({ id }, judgeOrganization(this.ruleSet, id, organization));
  }

  /**
   * @param findings - those of the account, to which those of the check are added
   * @returns the worst result; undefined if there is nothing that the check judges
   */
  private count(
    { check, severity }: ActiveCheck,
    account: ExemptedAccount,
    { pass, notApplicable, found }: JudgedCheck,
    findings: Finding[],
  ): CountedResult | undefined {
    const counts = this.counts.get(check.id) ?? zeroCounts();
    counts.pass += pass;
    counts.notApplicable += notApplicable;
    let worst: CountedResult | undefined =
      pass > 0 ? 'pass' : notApplicable > 0 ? 'not-applicable' : undefined;
    for (const judged of found) {
      let result: CheckCount = 'exempt';
      for (const one of judged) {
        const exemption = this.exemptions.apply(check.id, account, one.user);
        findings.push({ ...one, check, severity, ...(exemption && { exemption }) });
        if (exemption) continue;
        counts.findings++;
        result = worse<CheckCount>(one.result, result);
      }
      counts[result]++;
      worst = worse<CountedResult>(result, worst);
    }
    return worst;
  }

  /** The results, of which nobody knows those of users who have more keys or certificates than the report shows. */
  private withHidden(
    results: ReadonlyMap<string, CountedResult>,
    findings: readonly Finding[],
    hidden: readonly string[],
  ): ReadonlyMap<string, CountedResult> {
    if (hidden.length === 0) return results;
    const all = new Map(results);
    // Also if that check is off.
    for (const user of hidden) {
      const told = findings.find((one) => one.check === additionalCredentials && one.user === user);
      const result = told?.exemption ? 'exempt' : 'unknown';
      for (const { check } of this.ruleSet.checks)
        if (check.seesOnlyTwo && appliesToUser(check, user))
          all.set(check.id, worse<CountedResult>(result, all.get(check.id)));
    }
    return all;
  }
}

/** How something with findings counts. */
type CheckCount = 'fail' | 'unknown' | 'exempt';

/** Whether a check judges a user, or the root user. */
const appliesToUser = ({ appliesTo }: Check, user: string) =>
  appliesTo === (user === ROOT_USER ? 'root' : 'user');
