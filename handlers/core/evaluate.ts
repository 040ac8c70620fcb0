import { checks } from '../checks';
import { type Check, type CheckContext, type Verdict, fail, notApplicable } from '../checks/check';
import type { Exemption } from '../shared/events';
import type { CredentialReport } from '../credential-report/credential-report';
import { type CredentialRow, ROOT_USER, UnreadableCell } from '../credential-report/credential-row';
import type { Exemptions } from './exemptions';

/** A credential that breaks a rule. */
export interface Finding {
  user: string;
  arn: string;
  check: Check;
  reason: string;
  /** Why it is let be, and until when; absent if it is not. */
  exemption?: Exemption;
}

/** Results of one check over the whole organization. */
export interface CheckCounts {
  pass: number;
  fail: number;
  exempt: number;
  notApplicable: number;
}

const noCounts = (): CheckCounts => ({ pass: 0, fail: 0, exempt: 0, notApplicable: 0 });

/** Runs every check on the reports of one account after the other, and counts every single result. */
export class Evaluation {
  readonly counts = new Map(checks.map(({ id }) => [id, noCounts()]));

  constructor(
    private readonly context: CheckContext,
    private readonly exemptions: Exemptions,
  ) {}

  /** The findings of an account: root first, then in the order of the report. */
  findings(account: string, { root, users }: CredentialReport): Finding[] {
    const found: Finding[] = [];
    const look = (check: Check, row: CredentialRow | undefined) => {
      const finding = this.look(account, check, row);
      if (finding) found.push(finding);
    };
    for (const check of rootChecks) look(check, root);
    for (const row of users) for (const check of userChecks) look(check, row);
    return found;
  }

  private look(account: string, check: Check, row: CredentialRow | undefined): Finding | undefined {
    const counts = this.counts.get(check.id) ?? noCounts();
    const { result, reason } = row ? verdict(check, row, this.context) : withoutRow;
    if (result !== 'fail' || !row) {
      counts[result === 'pass' ? 'pass' : 'notApplicable']++;
      return undefined;
    }
    const exemption = this.exemptions.covering(check.id, account, row.user);
    counts[exemption ? 'exempt' : 'fail']++;
    return { user: row.user, arn: row.cell('arn'), check, reason, ...(exemption && { exemption }) };
  }
}

const rootChecks = checks.filter(({ appliesTo }) => appliesTo === 'root');
const userChecks = checks.filter(({ appliesTo }) => appliesTo === 'user');
const withoutRow = notApplicable(`the report has no row ${ROOT_USER}`);

/** What a check says of a row. What cannot be read never passes: nobody knows that it is fine. */
export function verdict(check: Check, row: CredentialRow, context: CheckContext): Verdict {
  try {
    return check.evaluate(row, context);
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return fail(`cannot be decided: ${error.message}`);
  }
}
