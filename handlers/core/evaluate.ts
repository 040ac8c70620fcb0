import { checks } from '../checks';
import {
  type Check,
  type CheckContext,
  type RowCheck,
  type Verdict,
  fail,
  notApplicable,
} from '../checks/check';
import { rootRowMissing } from '../checks/root-row-missing';
import type { CredentialReport } from '../credential-report/credential-report';
import { type CredentialRow, ROOT_USER, UnreadableCell } from '../credential-report/credential-row';
import type { Exemption } from '../shared/events';
import type { ExemptedAccount } from './exemption-scopes';
import type { Exemptions } from './exemptions';

/** A credential that breaks a rule. */
export interface Finding {
  user: string;
  arn: string;
  check: Check;
  reason: string;
  /** Why it is accepted, and until when; absent if it is not accepted. */
  exemption?: Exemption;
}

/** Results of one check over the whole organization. */
export interface CheckCounts {
  pass: number;
  fail: number;
  exempt: number;
  notApplicable: number;
}

export const zeroCounts = (): CheckCounts => ({ pass: 0, fail: 0, exempt: 0, notApplicable: 0 });

const reportChecks = checks.filter((check) => check.appliesTo === 'report');
const rootChecks = checks.filter((check): check is RowCheck => check.appliesTo === 'root');
const userChecks = checks.filter((check): check is RowCheck => check.appliesTo === 'user');
const noRootRow = notApplicable(`the report has no ${ROOT_USER} row`);

/** Runs every check on the reports, one account at a time, and counts every result. */
export class Evaluation {
  readonly counts = new Map(checks.map(({ id }) => [id, zeroCounts()]));

  constructor(
    private readonly context: CheckContext,
    private readonly exemptions: Pick<Exemptions, 'apply'>,
  ) {}

  /** The findings of an account: those of the report and of the root user first, then in the order of the report. */
  findings(account: ExemptedAccount, report: CredentialReport): Finding[] {
    const found: Finding[] = [];
    const count = (check: Check, result: Verdict, user: string, arn: string) => {
      const finding = this.finding(account, check, result, { user, arn });
      if (finding) found.push(finding);
    };
    const { root, users } = report;
    const rootArn = root?.cell('arn') ?? `arn:${this.context.partition}:iam::${account.id}:root`;
    for (const check of reportChecks) count(check, check.evaluate(report, this.context), ROOT_USER, rootArn);
    for (const check of root || !this.isRootRowMissing(report) ? rootChecks : [])
      count(check, root ? verdict(check, root, this.context) : noRootRow, ROOT_USER, rootArn);
    for (const row of users)
      for (const check of userChecks)
        count(check, verdict(check, row, this.context), row.user, row.cell('arn'));
    return found;
  }

  /** Then a finding says so, and the checks of the root user have no result at all: none of them could be decided. */
  private isRootRowMissing(report: CredentialReport): boolean {
    return rootRowMissing.evaluate(report, this.context).result === 'fail';
  }

  private finding(
    account: ExemptedAccount,
    check: Check,
    { result, reason }: Verdict,
    principal: Pick<Finding, 'user' | 'arn'>,
  ): Finding | undefined {
    const counts = this.counts.get(check.id) ?? zeroCounts();
    if (result !== 'fail') {
      counts[result === 'pass' ? 'pass' : 'notApplicable']++;
      return undefined;
    }
    const exemption = this.exemptions.apply(check.id, account, principal.user);
    counts[exemption ? 'exempt' : 'fail']++;
    return { ...principal, check, reason, ...(exemption && { exemption }) };
  }
}

/** The result of a check for a row. A cell that cannot be read fails the check, because nobody knows whether it is fine. */
export function verdict(check: RowCheck, row: CredentialRow, context: CheckContext): Verdict {
  try {
    return check.evaluate(row, context);
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return fail(`cannot be evaluated: ${error.message}`);
  }
}
