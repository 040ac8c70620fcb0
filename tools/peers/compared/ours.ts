/** What this project says of a report: the only part of the comparison that knows its checks. */
import { checkOptions } from '../../../constructs/environment/checks';
import { checks } from '../../../handlers/checks';
import { reportFlaw } from '../../../handlers/collect-reports/report-integrity';
import { resultOf, verdictsOf } from '../../../handlers/core/judge';
import { ruleSetOf } from '../../../handlers/core/rule-set';
import {
  type CredentialReport,
  InvalidReport,
  readReport,
} from '../../../handlers/credential-report/credential-report';
import { type Result, questions, worst } from './questions';

/** Results of each question by the ARN of the row. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, Result>>;

/** Or why the report is refused: its account fails then, and is told as failed. */
export type Judged = { readonly results: Results } | { readonly refused: string };

const { exemptions: _accepted, exemptionsFile: _more, ...defaults } = checkOptions.parse({});
const settings = { ...defaults, on: checks.map(({ id }) => id) };

/** @param now - start of the run, and when the report was made, ms since 1970 */
export function judgedHere(content: Uint8Array, account: string, partition: string, now: number): Judged {
  const flaw = reportFlaw(content, account, partition !== 'aws-cn');
  if (flaw !== undefined) return { refused: flaw };
  try {
    const report = readReport(content, account, { startedAt: now, madeAt: now });
    return { results: resultsOf(report, partition) };
  } catch (error) {
    if (!(error instanceof InvalidReport)) throw error;
    return { refused: error.message };
  }
}

function resultsOf({ root, users }: CredentialReport, partition: string): Results {
  const { context } = ruleSetOf(settings, partition);
  return new Map(
    questions.map(({ id, ours }) => {
      const asked = checks.filter((check) => ours.includes(check.id));
      const rows = new Map<string, Result>();
      for (const row of [...(root ? [root] : []), ...users]) {
        const results = asked.flatMap((check) =>
          check.appliesTo === (row === root ? 'root' : 'user')
            ? resultOf(verdictsOf(check, row, context))
            : [],
        );
        const arn = row.cell('arn');
        rows.set(arn, worst([...results, rows.get(arn)]));
      }
      return [id, rows];
    }),
  );
}
