/** What Prowler and Cloud Custodian say of reports that an endpoint serves: their own code, in a process of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Row } from '../../../local/fake-aws/organization/report-row';
import { FOLDERS } from '../../../tools/peers/install-once';
import type { Results } from '../../../tools/peers/compared/ours';
import { type Question, type Result, questions, worst } from '../../../tools/peers/compared/questions';
import policies from '../../../tools/peers/cloud-custodian/policies.json';
import { peerProgram } from '../../../tools/peers/peer-program';

export interface ServedAccount {
  readonly partition: string;
  /** Of its report. */
  readonly rows: readonly Row[];
}

/** What a check said of an account: a result for each ARN, or the error with which it ended. */
type Said = Readonly<Record<string, string>>;
type Answer = Readonly<Record<string, Readonly<Record<string, Said>>>>;
export type Accounts = ReadonlyMap<string, ServedAccount>;
export type JudgedThere = ReadonlyMap<string, Results>;

export async function prowler(
  accounts: Accounts,
  endpoint: string,
  signal: AbortSignal,
): Promise<JudgedThere> {
  const checks = questions.flatMap(({ theirs }) => theirs.prowler ?? []);
  const answer = await judge(
    'prowler',
    { endpoint, checks, accounts: requestOf(accounts) },
    endpoint,
    signal,
  );
  return resultsOf(
    accounts,
    answer,
    ({ theirs }) => theirs.prowler ?? [],
    () => 'none',
  );
}

/** Of a row that no filter matches, Cloud Custodian says nothing, and that is how it says that all is well. */
export async function custodian(
  accounts: Accounts,
  endpoint: string,
  signal: AbortSignal,
): Promise<JudgedThere> {
  const answer = await judge(
    'cloud-custodian',
    { policies, accounts: requestOf(accounts) },
    endpoint,
    signal,
  );
  const judges = ({ id }: Question, row: Row) => id.startsWith('root-') === (row.user === '<root_account>');
  return resultsOf(
    accounts,
    answer,
    ({ theirs }) => theirs.custodian ?? [],
    (question, row) => (judges(question, row) ? 'pass' : 'none'),
  );
}

function resultsOf(
  accounts: Accounts,
  answer: Answer,
  checksOf: (question: Question) => readonly string[],
  silent: (question: Question, row: Row) => Result,
): JudgedThere {
  const of = (account: string, { rows }: ServedAccount): Results =>
    new Map(
      questions.map((question) => [
        question.id,
        new Map(
          rows.map((row) => {
            const said = checksOf(question).map((check) => answer[account]?.[check] ?? { ended: 'nothing' });
            const results = said.map((one): Result | undefined =>
              'ended' in one ? 'ended' : (one[row.arn ?? ''] as Result | undefined),
            );
            const found = results.filter((result) => result !== undefined);
            return [row.arn ?? '', found.length > 0 ? worst(found) : silent(question, row)];
          }),
        ),
      ]),
    );
  return new Map([...accounts].map(([account, served]) => [account, of(account, served)]));
}

/** Users as the other calls of IAM tell them: Prowler takes the last use of a password from there. */
const requestOf = (accounts: Accounts) =>
  Object.fromEntries(
    [...accounts].map(([id, { partition, rows }]) => [
      id,
      { partition, users: rows.filter(({ user }) => user !== '<root_account>').map(userOf) },
    ]),
  );

const userOf = (row: Row) => ({
  name: row.user,
  arn: row.arn,
  consoleAccess: row.password_enabled?.toLowerCase() === 'true',
  passwordLastUsed: realTime(row.password_last_used ?? ''),
});

/** The API has real times, in whole seconds, whatever the report makes of them; empty if there is none. */
function realTime(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return '';
  const time = `${date.toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
  // JavaScript takes September 31 for October 1.
  return text.endsWith('00Z') && time !== text ? '' : time;
}

async function judge(peer: string, request: object, endpoint: string, signal: AbortSignal): Promise<Answer> {
  const running = promisify(execFile)(peerProgram(peer, 'python'), [join(FOLDERS.locks, peer, 'judge.py')], {
    maxBuffer: 100_000_000,
    signal,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      // Prowler compares local time with UTC.
      TZ: 'UTC',
    },
  });
  running.child.stdin?.end(JSON.stringify(request));
  return JSON.parse((await running).stdout) as Answer;
}
