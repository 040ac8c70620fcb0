/** What the cells of a pair say, for the explanations. */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import type { Pair } from './differences';

const DAY = 86_400_000;
const slots = [1, 2] as const;
const NO_DATES = ['N/A', 'no_information', 'not_supported'];

const flags = ({ question, row }: Pair) => question.flags.map((column) => row[column] ?? '');
const dates = ({ question, row }: Pair) => question.dates.map((column) => row[column] ?? '');

export const isRoot = ({ row }: Pair) => row.user === '<root_account>';
export const isGovCloud = ({ row }: Pair) => row.arn?.split(':')[1] === 'aws-us-gov';
/** `TRUE` and `FALSE`, as AWS documents flags. */
export const isUpperCase = (pair: Pair) => flags(pair).some((text) => /^(TRUE|FALSE)$/.test(text));
/** Neither true nor false. */
export const isOddFlag = (pair: Pair) => flags(pair).some((text) => !/^(true|false)$/i.test(text));
/** IAM's form of a date, in any time zone; the day may not exist. */
const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text);
const isRealDate = (text: string) => isDate(text) && text.slice(5, 10) !== '09-31';
/** A date that cannot be read, in this row or in another one of its report. */
export const isUnreadableDate = (pair: Pair) =>
  dates(pair).some((text) => !isRealDate(text) && !NO_DATES.includes(text));
export const isUnreadableDateInReport = (pair: Pair) =>
  [pair.row, ...pair.others].some((row) => isUnreadableDate({ ...pair, row }));
/** A documented placeholder for a date in a column in which IAM writes another one. */
export const isUnusualPlaceholderInReport = (pair: Pair) =>
  [pair.row, ...pair.others].some((row) =>
    pair.question.dates.some((column) => {
      // Of users, Prowler takes the use of the password from elsewhere.
      if (row.user !== '<root_account>' && column.startsWith('password_')) return false;
      const usual = column.startsWith('password_') ? 'no_information' : 'N/A';
      return NO_DATES.includes(row[column] ?? '') && row[column] !== usual;
    }),
  );
export const isFutureDate = (pair: Pair) =>
  dates(pair).some((text) => isRealDate(text) && Date.parse(text) > pair.now);

const on = (row: Row, column: string) => row[column]?.toLowerCase() === 'true';
export const hasPassword = ({ row }: Pair) => on(row, 'password_enabled');
export const hasActiveKey = ({ row }: Pair) => slots.some((slot) => on(row, `access_key_${slot}_active`));

/** Whole days since a date; undefined without one. */
const age = ({ now }: Pair, text = '') =>
  isRealDate(text) ? Math.floor((now - Date.parse(text)) / DAY) : undefined;

export interface Credential {
  readonly isActive: boolean;
  readonly used: number | undefined;
  readonly created: number | undefined;
  /** How the report says that it was never used. */
  readonly neverUsed: string;
}

export const keysOf = (pair: Pair): Credential[] =>
  slots.map((slot) => ({
    isActive: on(pair.row, `access_key_${slot}_active`),
    used: age(pair, pair.row[`access_key_${slot}_last_used_date`]),
    created: age(pair, pair.row[`access_key_${slot}_last_rotated`]),
    neverUsed: pair.row[`access_key_${slot}_last_used_date`] ?? '',
  }));
export const passwordOf = (pair: Pair): Credential => ({
  isActive: hasPassword(pair),
  used: age(pair, pair.row.password_last_used),
  created: age(pair, pair.row.password_last_changed),
  neverUsed: pair.row.password_last_used ?? '',
});
export const activeOf = (pair: Pair) =>
  [passwordOf(pair), ...keysOf(pair)].filter(({ isActive }) => isActive);
export const activeKeys = (pair: Pair) => keysOf(pair).filter(({ isActive }) => isActive);
/** An active credential whose creation the report does not date. */
export const isUndated = (pair: Pair) => activeOf(pair).some(({ created }) => created === undefined);
/** Days since the last use of each credential, also of keys that are inactive now. */
export const usesOf = (pair: Pair) =>
  [passwordOf(pair), ...keysOf(pair)].flatMap(({ used }) => (used === undefined ? [] : [used]));
