/** The files of two runs whose names and paths try to break their readers. */
import { type DayFile, keys } from '../../handlers/shared/bucket-layout';
import { type Cells, consoleUser, key, root } from '../support/rows';
import { type StoredAccount, as, reportOf } from '../support/stored-run';
import { SummarizedRuns } from '../support/summarized';

/** AWS accepts these characters in the names of accounts: `[ -;=?-~]+`. */
const ACCOUNTS = [
  'plain',
  'Pay, "EU"',
  String.raw`back\slash\"`,
  '\\',
  '"',
  '",",,"',
  '=cmd|calc',
  ' spaces ',
  '007',
];
/** In paths: U+0021 to U+007E. The first moves the cells behind it where a backslash is an escape character. */
const PATHS = [
  String.raw`/x\",2024-01-01T00:00:00Z,true/`,
  '/',
  '/a,b/',
  '/"/',
  '/""/',
  '/\\/',
  String.raw`/\\"/`,
  '/\',"\\/',
];
/** IAM accepts fewer characters than these; nothing says that reports never contain others. */
const USERS = [
  ...[
    'ada',
    '=1+1',
    '+1',
    '@x',
    '-1',
    'NA',
    'null',
    '007',
    '1e5',
    'true',
    'a,b',
    "it's",
    'ünï',
    '名前',
    '🙂',
  ],
  ...['"quoted"', '"', '\\', String.raw`\"`, ' "x" ', 'end"', '",', '\t"x', 'line\n"break"', '\r",x'],
  ...['\u0001', '\u0001"', 'a\u0001"",b', '"\u0001\u0001"', '\0"', '\u0085"', '\u2028"', '\u001f",'],
];

/** Account IDs begin with zeros, which a reader that takes them for numbers loses. */
const idOf = (index: number) => String(index + 1).padStart(12, '0');

const accounts = ACCOUNTS.map((name, index): StoredAccount => {
  const id = idOf(index);
  const users = USERS.map((user, number) => ({
    ...as(user, id, { ...consoleUser, mfa_active: 'false', ...key(1, 100, 1) }),
    arn: `arn:aws:iam::${id}:user${PATHS[(index + number) % PATHS.length] ?? '/'}${user}`,
    // A check tells what it cannot read, so this is in the reason of a finding.
    access_key_2_active: user,
  }));
  return { id, name, rows: [as('<root_account>', id, root), ...users] };
});

export interface HostileRun {
  file: (name: DayFile) => string;
  /** The reports, as IAM would write them if it follows RFC 4180. */
  reports: readonly string[];
}

export async function hostileRun(): Promise<HostileRun> {
  // What the functions log; before the first test, nothing else keeps it out of the output.
  const quiet = [
    jest.spyOn(console, 'log').mockReturnValue(undefined),
    jest.spyOn(process.stdout, 'write').mockReturnValue(true),
  ];
  const runs = new SummarizedRuns({ environment: 'production' });
  // The second run has an earlier day to compare with, so that the table of changes has rows.
  await runs.run(accounts.map((account) => ({ ...account, rows: account.rows?.slice(0, 4) ?? [] })));
  await runs.run(accounts, { date: NEXT_DATE, execution: 'run-2' });
  for (const spy of quiet) spy.mockRestore();
  // No name or path has a control character.
  const possible = ({ user = '' }: Cells) => !/\p{Cc}/v.test(user);
  const reports = accounts.map(({ rows = [] }) => reportOf(rows.filter(possible)));
  return { file: (name) => runs.s3.text(keys.day(NEXT_DATE, name)), reports };
}

const NEXT_DATE = '2026-11-23';
