import type { OtherFacts } from '../../handlers/checks/check';
import { type JudgedAccount, judgeAccount } from '../../handlers/core/judge';
import type { RuleSet } from '../../handlers/core/rule-set';
import type { CredentialReport } from '../../handlers/credential-report/credential-report';

const NOTHING_ELSE: OtherFacts = { serviceCredentials: undefined, times: { startedAt: 0, madeAt: 0 } };

/** What the checks say about a report. */
export const judged = (
  ruleSet: RuleSet,
  account: string,
  report: CredentialReport,
  others: OtherFacts = NOTHING_ELSE,
): JudgedAccount => judgeAccount(ruleSet, account, { report, ...others });
