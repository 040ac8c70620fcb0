/** Gives the same reports to every peer and to this project. */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import { type CaseReport, rowsOf, textOf } from '../../../tools/peers/compared/case-report';
import type { Pair } from '../../../tools/peers/compared/differences';
import { type Judged, judgedHere } from '../../../tools/peers/compared/ours';
import { type Oracle, powerpipe } from '../../../tools/peers/compared/powerpipe';
import { PEERS, type Peer, type Result, questions, worst } from '../../../tools/peers/compared/questions';
import { securityHub } from '../../../tools/peers/compared/security-hub';
import { IamEndpoint } from './iam-endpoint';
import { type Accounts, type JudgedThere, custodian, prowler } from './judged-there';

/** The oracles know no clock of their own: noon of some day, so that the hour of a test changes nothing. */
const NOON = Date.parse('2026-01-15T12:00:00Z');

const oracles: Readonly<Partial<Record<Peer, Readonly<Record<string, Oracle>>>>> = {
  powerpipe,
  'security-hub': securityHub,
};

/** What the tools that run here say of each account. */
export interface JudgedByAll {
  readonly here: ReadonlyMap<string, Judged>;
  readonly prowler: JudgedThere;
  readonly custodian: JudgedThere;
}

/**
 * @param contents - the report of each account
 * @param now - when the reports were made, ms since 1970
 */
export async function judgedByAll(
  accounts: Accounts,
  contents: ReadonlyMap<string, Buffer>,
  now: number,
): Promise<JudgedByAll> {
  const endpoint = await IamEndpoint.start(contents, new Date(now));
  const ended = new AbortController();
  try {
    const [byProwler, byCustodian] = await Promise.all([
      prowler(accounts, endpoint.url, ended.signal),
      custodian(accounts, endpoint.url, ended.signal),
    ]);
    const here = [...accounts].map(([account, { partition }]) => {
      return [account, judgedHere(contents.get(account)!, account, partition, now)] as const;
    });
    return { here: new Map(here), prowler: byProwler, custodian: byCustodian };
  } finally {
    // If one failed, the other would go on without the endpoint.
    ended.abort();
    await endpoint.stop();
  }
}

/** IAM keeps whole seconds. */
export const thisSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** Everything that both sides judge. */
export async function pairsOf(reports: readonly CaseReport[]): Promise<Pair[]> {
  const now = thisSecond();
  const accounts = new Map(
    reports.map((report) => [report.account, { partition: report.partition, rows: rowsOf(report, now) }]),
  );
  const contents = new Map([...accounts].map(([account, { rows }]) => [account, Buffer.from(textOf(rows))]));
  const judged = await judgedByAll(accounts, contents, now);
  return reports.flatMap((report) => {
    const here = judged.here.get(report.account)!;
    if ('refused' in here) throw new Error(`${report.account} is refused: ${here.refused}`);
    const { rows } = accounts.get(report.account)!;
    const atNoon = rowsOf(report, NOON);
    return rows.flatMap((row, index) => {
      const arn = row.arn ?? '';
      const others = rows.filter((other) => other !== row);
      return questions.flatMap((question) =>
        PEERS.flatMap((peer): Pair[] => {
          if (!question.theirs[peer]) return [];
          const ours = here.results.get(question.id)?.get(arn) ?? 'none';
          const theirs =
            peer === 'prowler' || peer === 'custodian'
              ? judged[peer].get(report.account)?.get(question.id)?.get(arn)
              : byOracle(question.theirs[peer], oracles[peer] ?? {}, atNoon[index]!);
          const counts = theirs === 'ended' || isCompared(report, row, index);
          const isJudged = ours !== 'none' || theirs !== 'none';
          if (theirs === undefined || !counts || !isJudged) return [];
          return [{ peer, question, kind: report.kind, row, others, now, ours, theirs }];
        }),
      );
    });
  });
}

function isCompared({ compared, root }: CaseReport, row: Row, index: number): boolean {
  if (compared === 'every-row') return true;
  return compared === 'root' ? row.user === '<root_account>' : index === (root ? 1 : 0);
}

/** Undefined where nobody knows what the peer makes of a row. */
function byOracle(
  checks: readonly string[] | undefined,
  oracle: Readonly<Record<string, Oracle>>,
  row: Row,
): Result | undefined {
  if (!checks || !isPlain(row)) return undefined;
  const results = checks.map((check) => oracle[check]?.(row, NOON));
  return results.includes(undefined) ? undefined : worst(results);
}

/** The oracles are for what IAM writes today. */
const isPlain = (row: Row) =>
  Object.entries(row).every(([column, text]) => {
    if (column.endsWith('_active') || column === 'password_enabled')
      return text === 'true' || text === 'false';
    const isDate = /_(last_used|last_changed|last_rotated|last_used_date)$/.test(column);
    if (!isDate || text === 'N/A' || text === 'no_information') return true;
    return /^\d{4}-\d{2}-\d{2}T.*:\d{2}Z$/.test(text) && Date.parse(text) <= NOON;
  });
