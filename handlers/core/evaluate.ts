import { checks } from '../checks';
import { type Check, type CheckContext, type Verdict, fail, notApplicable } from '../checks/check';
import type { CredentialReport } from '../credential-report/credential-report';
import { type CredentialRow, ROOT_USER, UnreadableCell } from '../credential-report/credential-row';
import type { Exemption } from '../shared/events';
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

const rootChecks = checks.filter(({ appliesTo }) => appliesTo === 'root');
const userChecks = checks.filter(({ appliesTo }) => appliesTo === 'user');
const noRow = notApplicable(`the report has no ${ROOT_USER} row`);

/** Runs every check on the reports, one account at a time, and counts every result. */
export class Evaluation {
  readonly counts = new Map(checks.map(({ id }) => [id, zeroCounts()]));

  constructor(
    private readonly context: CheckContext,
    private readonly exemptions: Exemptions,
  ) {}

  /** The findings of an account: those of the root user first, then in the order of the report. */
  findings(account: string, { root, users }: CredentialReport): Finding[] {
    const found: Finding[] = [];
    const run = (check: Check, row: CredentialRow | undefined) => {
      const finding = this.finding(account, check, row);
      if (finding) found.push(finding);
    };
    for (const check of rootChecks) run(check, root);
    for (const row of users) for (const check of userChecks) run(check, row);
    return found;
  }

  private finding(account: string, check: Check, row: CredentialRow | undefined): Finding | undefined {
    const counts = this.counts.get(check.id) ?? zeroCounts();
    const { result, reason } = row ? verdict(check, row, this.context) : noRow;
    if (result !== 'fail' || !row) {
      counts[result === 'pass' ? 'pass' : 'notApplicable']++;
      return undefined;
    }
    const exemption = this.exemptions.apply(check.id, account, row.user);
    counts[exemption ? 'exempt' : 'fail']++;
    return { user: row.user, arn: row.cell('arn'), check, reason, ...(exemption && { exemption }) };
  }
}

/** The result of a check for a row. A cell that cannot be read fails the check, because nobody knows whether it is fine. */
export function verdict(check: Check, row: CredentialRow, context: CheckContext): Verdict {
  try {
    return check.evaluate(row, context);
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return fail(`cannot be evaluated: ${error.message}`);
  }
}
