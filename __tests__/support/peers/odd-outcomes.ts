/** What each tool makes of reports that are odd as a whole, held against the plain report of the same rows. */
import { rowsOf, textOf } from '../../../tools/peers/compared/case-report';
import { SAME } from '../../../tools/peers/compared/measured';
import { TOOLS, type Tool, oddReports } from '../../../tools/peers/compared/odd-reports';
import type { Results } from '../../../tools/peers/compared/ours';
import { plainUsers, quietRoot } from './cases';
import { judgedByAll, thisSecond } from './compared';

export type OddOutcomes = Readonly<Record<string, Readonly<Record<Tool, string>>>>;

export async function oddOutcomes(): Promise<OddOutcomes> {
  const now = thisSecond();
  const [accounts, contents] = [
    new Map<string, { partition: string; rows: ReturnType<typeof rowsOf> }>(),
    new Map(),
  ];
  const add = (index: number, make: (rows: ReturnType<typeof rowsOf>) => string) => {
    const account = String(300_000_000_000 + index);
    const report = { account, partition: 'aws', kind: 'boundary', compared: 'every-row' } as const;
    const rows = rowsOf({ ...report, root: quietRoot, users: plainUsers }, now);
    accounts.set(account, { partition: 'aws', rows });
    contents.set(account, Buffer.from(make(rows)));
    return account;
  };
  const plain = add(0, (rows) => textOf(rows));
  const odd = oddReports.map(({ id, make }, index) => [id, add(index + 1, make)] as const);
  const judged = await judgedByAll(accounts, contents, now);
  const outcome = (account: string, tool: Tool): string => {
    const said = judged[tool].get(account)!;
    const expected = judged[tool].get(plain)!;
    if ('refused' in said) return `refused: ${said.refused.replaceAll(account, 'ACCOUNT')}`;
    return differenceOf(resultsOf(said), resultsOf(expected));
  };
  return Object.fromEntries(
    odd.map(([id, account]) => [
      id,
      Object.fromEntries(TOOLS.map((tool) => [tool, outcome(account, tool)])) as Record<Tool, string>,
    ]),
  );
}

type Judgement = Results | { results: Results } | { refused: string };

/** Results by question and user, since each report belongs to another account. */
function resultsOf(judgement: Judgement): Map<string, string> {
  const results = 'results' in judgement ? judgement.results : (judgement as Results);
  return new Map(
    [...results].flatMap(([question, rows]) =>
      [...rows].map(([arn, result]) => [`${question} ${arn.split(':').slice(5).join()}`, result]),
    ),
  );
}

function differenceOf(said: Map<string, string>, expected: Map<string, string>): string {
  const known = [...expected].filter(([, result]) => result !== 'none');
  const changed = known.flatMap(([key, result]) => {
    const now = said.get(key) ?? 'none';
    return now === result ? [] : [now];
  });
  if (changed.length === 0) return SAME;
  const count = (text: string, results: readonly string[]) => {
    const number = changed.filter((result) => results.includes(result)).length;
    return number === 0 ? [] : [`${number} ${text}`];
  };
  const parts = [
    ...count('ended with an error', ['ended']),
    ...count('are missing', ['none']),
    ...count('are another result', ['pass', 'fail', 'unknown', 'not-applicable']),
  ];
  return `of ${known.length} results ${parts.join(', ')}`;
}
