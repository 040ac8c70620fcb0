import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { reportFlaw } from '../../../handlers/collect-reports/report-integrity';
import { credentialReport } from '../../../local/fake-aws/organization/credential-report';

const account = '111111111111';
const HEADER = credentialReport({ id: account, partition: 'aws', seed: 1, users: 0 }, new Date())
  .content.toString()
  .split('\n')[0]!;
const flaw = (content: string, rootRow = true) => reportFlaw(Buffer.from(content), account, rootRow);

/** Any report: rows of the account, with cells that need quotes and others that do not. */
const reports = fc
  .record({
    rows: fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ';', 'é', ' ') }), {
        minLength: 20,
        maxLength: 20,
      }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    extraColumns: fc.integer({ min: 0, max: 3 }),
    eof: fc.boolean(),
  })
  .map(({ rows, extraColumns, eof }) => {
    const extra = (name: string) => Array.from({ length: extraColumns }, (_, index) => `${name}${index}`);
    const table = rows.map((cells) => ['user', `arn:aws:iam::${account}:user/x`, ...cells, ...extra('x,')]);
    return stringify([[...HEADER.split(','), ...extra('column_')], ...table], { eof });
  });

describe('what IAM returned', () => {
  it('is accepted whatever its cells and further columns contain', () => {
    fc.assert(
      fc.property(reports, (report) => {
        expect(flaw(report)).toBeUndefined();
      }),
    );
  });

  it('is accepted as the embedded organization generates it, with any number of users', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.nat(), (users, seed) => {
        const { content: report } = credentialReport(
          { id: account, partition: 'aws', seed, users },
          new Date(),
        );
        expect(reportFlaw(report, account, true)).toBeUndefined();
      }),
    );
  });

  it('is accepted with quotes around every cell, and with its columns in any order', () => {
    const [user = '', ...others] = HEADER.split(',');
    const row = [`arn:aws:iam::${account}:root`, ...others.slice(1).map(() => 'N/A'), '<root_account>'];
    const table = [[...others, user], row];
    expect(flaw(stringify(table))).toBeUndefined();
    expect(flaw(stringify(table, { quoted: true }))).toBeUndefined();
  });

  it('is accepted and rejected alike with a byte order mark, which the reader of reports accepts too', () => {
    fc.assert(
      fc.property(reports, fc.nat(), (report, length) => {
        const cut = report.slice(0, length % (report.length + 1));
        expect(flaw(`\uFEFF${cut}`)).toBe(flaw(cut));
      }),
    );
  });

  it('is rejected when it was cut off anywhere before the last cell of a row', () => {
    fc.assert(
      // A cut inside the first columns is rare among equally likely ones, and has a sentence of its own.
      fc.property(fc.nat(), fc.oneof(fc.nat(20), fc.nat()), (seed, length) => {
        const { content: report } = credentialReport(
          { id: account, partition: 'aws', seed, users: 40 },
          new Date(),
        );
        const cut = report.subarray(0, length % report.length);
        const row = cut.toString().split('\n').at(-1)!;
        // A comma inside quotes is part of a user name and does not end a cell.
        const cells = row.replaceAll(/"[^"]*"?/g, '').split(',').length;
        fc.pre(cells < 22 && (row !== '' || cut.length === 0));
        expect(reportFlaw(cut, account, true)).toMatch(/end inside row|without the columns|an empty report/);
      }),
    );
  });

  it('is accepted or rejected without an exception, whatever its bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const beginning = bytes.map((rest) => Buffer.concat([Buffer.from(`${HEADER}\n`), rest]));
    fc.assert(
      fc.property(fc.oneof(bytes, beginning), fc.boolean(), (content, rootRow) => {
        // A complete report names its account, or has only the header.
        const complete =
          Buffer.from(content).includes(account) || (!rootRow && content.length <= HEADER.length + 200);
        if (reportFlaw(content, account, rootRow) === undefined) expect(complete).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['', 'IAM returned an empty report'],
    ['<html>', 'IAM returned 6 bytes without the columns user and arn, which start with "<html>"'],
    [
      `user,"arm",\u001b[31m\n${'é'.repeat(500)}`,
      `IAM returned 1017 bytes without the columns user and arn, which start with ${JSON.stringify(`user,"arm", [31m ${'é'.repeat(83)}`)}`,
    ],
    ['user,arn,user_crea', 'IAM returned 18 bytes that end inside row 1'],
    [HEADER.slice(0, -1), `IAM returned ${HEADER.length - 1} bytes that end inside row 1`],
    [HEADER, 'IAM returned a report without any row, not even one for the root user'],
    [`${HEADER}\n`, 'IAM returned a report without any row, not even one for the root user'],
    [
      `${HEADER}\nada,arn:aws:iam::${account}:user/ada,`,
      `IAM returned ${HEADER.length + 40} bytes that end inside row 2`,
    ],
    [
      `${HEADER}\nada,arn:aws:iam::222222222222:user/ada${',x'.repeat(20)}`,
      'IAM returned a report whose first row belongs to another account',
    ],
  ])('is rejected when it is %j', (content, expected) => {
    expect(flaw(content)).toBe(expected);
  });

  it('is rejected when it ends inside quotes, however many commas they contain', () => {
    expect(flaw(`${HEADER}\n"ada${','.repeat(40)}`)).toMatch(/end inside row 2/);
  });

  it('may have no rows in AWS China, where the root user has no row', () => {
    expect(flaw(HEADER, false)).toBeUndefined();
    expect(flaw(`${HEADER}\n`, false)).toBeUndefined();
    expect(flaw(HEADER.slice(0, -1), false)).toMatch(/end inside row 1/);
  });

  it('is judged by its first row, and not by another', () => {
    const row = (of: string) => `ada,arn:aws:iam::${of}:user/ada${',x'.repeat(20)}`;
    const other = row('222222222222');
    expect(flaw([HEADER, other, row(account)].join('\n'))).toMatch(/another account/);
    expect(flaw([HEADER, row(account), other].join('\n'))).toBeUndefined();
  });
});
