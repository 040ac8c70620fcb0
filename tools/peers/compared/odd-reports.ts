/** Reports that are odd as a whole, and what each tool makes of them: see docs/peers.md. */
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Row } from '../../../local/fake-aws/organization/report-row';
import { textOf } from './case-report';

export const TOOLS = ['here', 'prowler', 'custodian'] as const;
export type Tool = (typeof TOOLS)[number];

export interface OddReport {
  readonly id: string;
  readonly what: string;
  readonly make: (rows: readonly Row[]) => string;
  /** Why a tool does not say the same as of the plain report. */
  readonly why: Readonly<Partial<Record<Tool, string>>>;
}

const INCOMPLETE = 'The report is incomplete: the account fails, and is told as failed';
const without = (column: string) => COLUMNS.filter((name) => name !== column);
const rootOf = (rows: readonly Row[]) => rows.slice(0, 1);

export const oddReports: readonly OddReport[] = [
  {
    id: 'byte-order-mark',
    what: 'starts with a byte order mark',
    make: (rows) => `\uFEFF${textOf(rows)}`,
    why: {
      prowler: 'The column `user` is not found: every check that reads it ends',
      custodian: 'The column `user` is not found: the policy ends with an error',
    },
  },
  { id: 'crlf', what: 'CRLF line ends', make: (rows) => textOf(rows).replaceAll('\n', '\r\n'), why: {} },
  { id: 'final-newline', what: 'ends with a line feed', make: (rows) => `${textOf(rows)}\n`, why: {} },
  { id: 'quoted', what: 'every cell in quotes', make: (rows) => quoted(rows), why: {} },
  {
    id: 'reordered',
    what: 'other order of columns',
    make: (rows) => textOf(rows, [...COLUMNS.slice(0, 2), ...COLUMNS.slice(2).reverse()]),
    why: {},
  },
  {
    id: 'more-columns',
    what: '`additional_credentials_info` and an unknown column',
    make: (rows) =>
      textOf(
        rows.map((row) => ({ ...row, additional_credentials_info: '', new_column: 'x' })),
        [...COLUMNS, 'additional_credentials_info', 'new_column'],
      ),
    why: {},
  },
  {
    id: 'root-last',
    what: 'the root user in the last row',
    make: (rows) => textOf([...rows.slice(1), ...rootOf(rows)]),
    why: {},
  },
  {
    id: 'no-root-row',
    what: 'no row for the root user',
    make: ([, ...users]) => textOf(users),
    why: {
      here: 'The checks of the root user are `unknown`, and `root-row-missing` fails',
      prowler: 'No finding for the root user: nothing tells that it was not looked at',
    },
  },
  {
    id: 'duplicate-row',
    what: 'a user in two rows',
    make: (rows) => textOf([...rows, ...rows.slice(-1)]),
    why: {},
  },
  {
    id: 'two-root-rows',
    what: 'two rows for the root user',
    make: (rows) => textOf([...rootOf(rows), ...rows]),
    why: { here: 'Nobody knows which is right: the account fails' },
  },
  {
    id: 'no-mfa-column',
    what: 'no column `mfa_active`',
    make: (rows) => textOf(rows, without('mfa_active')),
    why: {
      here: 'The account fails, with the name of the column',
      prowler: 'The checks that read it end',
      custodian: 'The filters match nothing, as if all were well',
    },
  },
  {
    id: 'header-only',
    what: 'a header and no row',
    make: () => textOf([]),
    why: {
      here: 'No report of AWS is without a row for the root user: the account fails',
      prowler: 'No findings, with exit code 0',
      custodian: 'Nothing matches, as if all were well',
    },
  },
  {
    id: 'empty',
    what: 'no bytes',
    make: () => '',
    why: {
      here: INCOMPLETE,
      prowler: 'No findings, with exit code 0',
      custodian: 'The policy ends with an error',
    },
  },
  {
    id: 'cut',
    what: 'cut off inside the last row',
    make: (rows) => textOf(rows).slice(0, -100),
    why: {
      here: INCOMPLETE,
      prowler: 'Empty cells of the last row: passes, or an error that ends the check for every row',
      custodian: 'The last row lacks cells, which match nothing',
    },
  },
  {
    id: 'html',
    what: 'a page of HTML',
    make: () => '<html><body>Service Unavailable</body></html>',
    why: {
      here: 'The account fails, with the beginning of what IAM returned',
      prowler: 'No findings, with exit code 0',
      custodian: 'Nothing matches, as if all were well',
    },
  },
];

const quoted = (rows: readonly Row[]) =>
  stringify([...rows], { header: true, columns: [...COLUMNS], eof: false, quoted: true });
