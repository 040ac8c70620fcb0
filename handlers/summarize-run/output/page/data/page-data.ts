/**
 * What the page has of a run, besides what it shows without a script, and in which columns. The function packs it, the script of
 * the page unpacks it.
 */
import { joinReason, splitColumns, unpackTime, valuesOf } from './packed';

/** What the page shows of a run. */
export interface PageData {
  /** Columns of a credential report, as the cells of users have them. */
  readonly cells: readonly string[];
  readonly checks: readonly PageCheck[];
  readonly accounts: readonly PageAccount[];
  readonly users: readonly PageUser[];
  readonly findings: readonly PageFinding[];
  /** Findings of the run, of which {@link findings} may be a part. */
  readonly total: number;
  /** See {@link PackedHeader.console}. */
  readonly console: string | undefined;
  /** Environment and date. */
  readonly name: string;
}

export interface PageCheck {
  readonly id: string;
  readonly severity: string;
  readonly title: string;
  /** What to do about a finding. */
  readonly remedy: string;
  /** Controls of frameworks that it assesses, such as `CIS v7.0 2.5`. */
  readonly controls: readonly string[];
}

export interface PageAccount {
  readonly id: string;
  readonly name: string;
  /** Path of names of its organizational units, or of their IDs if the names are not known; empty if neither is. */
  readonly unit: string;
  /** Empty if it has none, or if that is not known. */
  readonly owner: string;
  /** Of the run, or {@link ORGANIZATION}. */
  readonly outcome: string;
  /** The key of the report; why there is none; the state of an account that is skipped. */
  readonly about: string;
  /** Undefined if it was not collected, also if the tables show the report of an earlier run: that is not counted. */
  readonly users: number | undefined;
  /** Those that are not exempt; undefined as `users` is. */
  readonly findings: number | undefined;
}

/** A user with findings. */
export interface PageUser {
  /** Its account in {@link PageData.accounts}. */
  readonly account: number;
  readonly name: string;
  readonly arn: string;
  readonly cells: readonly string[];
}

export interface PageFinding {
  /** Its user in {@link PageData.users}. */
  readonly user: number;
  /** Its check in {@link PageData.checks}. */
  readonly check: number;
  readonly status: 'new' | 'open' | 'exempt';
  /** Whether it is not known that the check fails. */
  readonly isUnknown: boolean;
  readonly reason: string;
  /** Why it is accepted; empty if it is not. */
  readonly acceptance: string;
}

/** What stands before the columns, as JSON. */
export interface PackedHeader {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly cells: readonly string[];
  readonly checks: readonly PageCheck[];
  /** Patterns of reasons. */
  readonly patterns: readonly string[];
  /** Why findings are accepted. */
  readonly acceptances: readonly string[];
  readonly total: number;
  /** Environment and date of the run. */
  readonly name: string;
  /** What precedes a key in the address of an object in the AWS console; absent if that is not known. */
  readonly console?: string;
}

export const ACCOUNT_COLUMNS = [
  'id',
  'name',
  'unit',
  'owner',
  'outcome',
  'about',
  'users',
  'findings',
] as const;
/** `findings` is how many of the findings, one after the other, are those of the user. */
export const USER_COLUMNS = ['account', 'name', 'arn', 'findings'] as const;
export const FINDING_COLUMNS = ['check', 'status', 'acceptance', 'pattern', 'numbers'] as const;

/** The outcome of what is not an account but the organization: findings can be about that. */
export const ORGANIZATION = 'organization';

/** How the status of a finding is written. */
export const STATUS_LETTERS = { new: 'n', open: 'o', exempt: 'e' } as const;
/** After that of a finding that is not known. */
export const UNKNOWN_LETTER = '?';
const STATUSES = new Map(
  Object.entries(STATUS_LETTERS).map(([status, letter]) => [letter, status]),
) as ReadonlyMap<string, PageFinding['status']>;

/** What of an ARN the partition, the account and the name of the user do not say. */
export function shortArn(arn: string, { partition, account, name }: ArnParts): string {
  const start = startOf(partition, account);
  const rest = arn.slice(start.length);
  const short = rest.endsWith(`/${name}`) ? rest.slice(0, -name.length) : rest;
  return arn.startsWith(start) && wholeArn(short, { partition, account, name }) === arn ? short : arn;
}

function wholeArn(short: string, { partition, account, name }: ArnParts): string {
  if (short === '' || short.startsWith('arn:')) return short;
  return `${startOf(partition, account)}${short}${short.endsWith('/') ? name : ''}`;
}

interface ArnParts {
  partition: string;
  account: string;
  name: string;
}

const startOf = (partition: string, account: string) => `arn:${partition}:iam::${account}:`;

/** Stands for the ID of the account in {@link PageAccount.about}, which differs from one account to the next by that only. */
export const ACCOUNT_ID = '{id}';

/** @param text - the JSON of the header, and the columns of accounts, users and findings */
export function unpack(text: string): PageData {
  const [first = '', ...columns] = splitColumns(text);
  const header = JSON.parse(first) as PackedHeader;
  const next = (count: number) => columns.splice(0, count).map(valuesOf);
  const accounts = accountsIn(next(ACCOUNT_COLUMNS.length));
  const users = next(USER_COLUMNS.length + header.cells.length);
  const [accountOf = [], names = [], arns = [], counts = [], ...cells] = users;
  const [checks = [], statuses = [], acceptances = [], patterns = [], numbers = []] = next(
    FINDING_COLUMNS.length,
  );
  const userOf = counts.flatMap((count, user) => Array.from({ length: Number(count) }, () => user));
  return {
    cells: header.cells,
    checks: header.checks,
    accounts,
    users: names.map((name, index) => {
      const account = Number(accountOf[index]);
      const parts = { partition: header.partition, account: accounts[account]?.id ?? '', name };
      return {
        account,
        name,
        arn: wholeArn(arns[index] ?? '', parts),
        cells: cells.map((column) => unpackTime(column[index] ?? '')),
      };
    }),
    findings: checks.map((check, index) => {
      const [letter = '', unknown] = statuses[index] ?? '';
      return {
        user: userOf[index] ?? -1,
        check: Number(check),
        status: STATUSES.get(letter) ?? 'open',
        isUnknown: unknown === UNKNOWN_LETTER,
        reason: joinReason(header.patterns[Number(patterns[index])] ?? '', numbers[index] ?? ''),
        acceptance: acceptances[index] === '' ? '' : (header.acceptances[Number(acceptances[index])] ?? ''),
      };
    }),
    total: header.total,
    console: header.console,
    name: header.name,
  };
}

function accountsIn([
  ids = [],
  names,
  units,
  owners,
  outcomes,
  abouts,
  users,
  findings,
]: string[][]): PageAccount[] {
  return ids.map((id, index) => ({
    id,
    name: names?.[index] ?? '',
    unit: units?.[index] ?? '',
    owner: owners?.[index] ?? '',
    outcome: outcomes?.[index] ?? '',
    about: (abouts?.[index] ?? '').replaceAll(ACCOUNT_ID, id),
    users: countIn(users?.[index]),
    findings: countIn(findings?.[index]),
  }));
}

const countIn = (text = '') => (text === '' ? undefined : Number(text));
