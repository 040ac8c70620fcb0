import { InvalidReport, readReport } from '../../../handlers/credential-report/credential-report';
import { ROOT_USER } from '../../../handlers/credential-report/credential-row';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../../handlers/credential-report/report-columns';
import { type Cells, TIMES, consoleUser, root } from '../../support/rows';

const ACCOUNT = '123456789012';
const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A report with these rows, without a final newline, as IAM writes it. */
function report(rows: Cells[], columns: readonly string[] = REPORT_COLUMNS): Buffer {
  const cell = (row: Cells, column: string) => quoted((row as Record<string, string>)[column] ?? '');
  return Buffer.from(
    [columns, ...rows.map((row) => columns.map((column) => cell(row, column)))]
      .map((cells) => cells.join(','))
      .join('\n'),
  );
}

const read = (content: Buffer) => readReport(content, ACCOUNT, TIMES);

describe('reading a credential report', () => {
  it('separates the root row from the users', () => {
    const { root: rootRow, users } = read(report([root, consoleUser]));
    expect(rootRow?.user).toBe(ROOT_USER);
    expect(users.map(({ user }) => user)).toEqual(['ada']);
  });

  it('accepts reports without a root row, as in AWS China, and without any row', () => {
    const china = { ...consoleUser, arn: `arn:aws-cn:iam::${ACCOUNT}:user/ada` };
    expect(read(report([china])).root).toBeUndefined();
    expect(read(report([china])).users[0]?.partition).toBe('aws-cn');
    expect(read(report([]))).toEqual({ root: undefined, users: [], unknownColumns: [] });
  });

  it('finds columns by name, in any order: 22, 23, or more with unknown ones', () => {
    for (const columns of [
      [...REPORT_COLUMNS],
      [...REPORT_COLUMNS, ADDITIONAL_COLUMN],
      ['new_column', ...REPORT_COLUMNS, ADDITIONAL_COLUMN, 'another'],
      [...REPORT_COLUMNS].reverse(),
    ]) {
      const [row] = read(report([{ ...consoleUser, [ADDITIONAL_COLUMN]: '3 keys' }], columns)).users;
      expect(row?.user).toBe('ada');
      expect(row?.flag('mfa_active')).toBe(true);
      expect(row?.cell(ADDITIONAL_COLUMN)).toBe(
        columns.some((column) => column === ADDITIONAL_COLUMN) ? '3 keys' : '',
      );
    }
  });

  it.each(['smith,john', 'say "hi", then', '=HYPERLINK(1)', '__proto__', 'naïve'])(
    'reads the user name %s unchanged',
    (name) => {
      expect(read(report([{ ...consoleUser, user: name }])).users[0]?.user).toBe(name);
    },
  );

  it('names the columns that are not documented, in the order of the report', () => {
    const columns = ['new_column', ...REPORT_COLUMNS, ADDITIONAL_COLUMN, 'another'];
    expect(read(report([consoleUser], columns)).unknownColumns).toEqual(['new_column', 'another']);
  });

  it('ignores empty lines', () => {
    const text = report([root, consoleUser]).toString().replaceAll('\n', '\n\n');
    expect(read(Buffer.from(`${text}\n\n`)).users.map(({ user }) => user)).toEqual(['ada']);
  });

  it('accepts a byte order mark and CRLF', () => {
    const text = `\uFEFF${report([consoleUser]).toString().replaceAll('\n', '\r\n')}\r\n`;
    expect(read(Buffer.from(text)).users[0]?.cell('cert_2_last_rotated')).toBe('N/A');
  });

  it.each([
    ['is empty', Buffer.from(''), /lacks columns: user, arn/],
    [
      'lacks a required column',
      report(
        [consoleUser],
        REPORT_COLUMNS.filter((column) => column !== 'mfa_active'),
      ),
      /lacks columns: mfa_active/,
    ],
    ['has a duplicate column', report([consoleUser], [...REPORT_COLUMNS, 'user']), /a duplicate column/],
    ['is cut off inside a row', report([consoleUser, consoleUser]).subarray(0, -9), /is not valid CSV/],
    ['ends inside quotes', Buffer.from(`${REPORT_COLUMNS.join(',')}\n"ada`), /is not valid CSV/],
    [
      'belongs to another account',
      report([{ ...consoleUser, arn: 'arn:aws:iam::999999999999:user/ada' }]),
      /another account/,
    ],
    ['has two root rows', report([root, root]), /two rows for the root user/],
  ])('rejects a report that %s', (_about, content, message) => {
    expect(() => read(content)).toThrow(InvalidReport);
    expect(() => read(content)).toThrow(message);
  });

  it('does not quote the report in an error', () => {
    // With a quote inside a cell, the parser's own message would quote the cell.
    const broken = `${REPORT_COLUMNS.join(',')}\nsecretive"name,${'x,'.repeat(20)}x`;
    expect(() => read(Buffer.from(broken))).toThrow(/^the report is not valid CSV: [A-Z_]+$/);
  });
});
