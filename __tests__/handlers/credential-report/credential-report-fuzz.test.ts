/** Whatever IAM returns: a right result or a clear error, and never a credential that passes unread. */
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { checks } from '../../../handlers/checks';
import { InvalidReport, readReport } from '../../../handlers/credential-report/credential-report';
import { CredentialRow, REPORT_COLUMNS, ROOT_USER } from '../../../handlers/credential-report/credential-row';
import { verdict } from '../../../handlers/core/evaluate';
import { reportFlaw } from '../../../handlers/collect-reports/report-integrity';
import { credentialReport } from '../../../local/fake-aws/organization/credential-report';
import { CONTEXT, START } from '../../support/rows';

const ACCOUNT = '123456789012';
const read = (content: Uint8Array) => readReport(content, ACCOUNT, START);

/** Text with what is special in CSV, more often than random text has it. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '\uFEFF', '='), maxLength: 6 }),
);
/** Cells of a user, but for those that say who it is. */
const cells = fc.array(text, { minLength: 20, maxLength: 20 });
const users = fc.array(fc.record({ user: text, cells }), { maxLength: 4 }).map((rows) =>
  // `<root_account>` is a name that no user can have.
  rows.map(({ user, cells: rest }) => [
    user === ROOT_USER ? 'x' : user,
    `arn:aws:iam::${ACCOUNT}:user/x`,
    ...rest,
  ]),
);
const rootRow = [ROOT_USER, `arn:aws:iam::${ACCOUNT}:root`, ...Array<string>(20).fill('N/A')];
const report = (rows: string[][], eof: boolean) =>
  Buffer.from(stringify([[...REPORT_COLUMNS], ...rows], { eof, quoted_match: /[\r\n]/ }));

/** What goes wrong with a report on its way: a piece of it is taken out, or something comes into it. */
const damaged = fc
  .record({
    seed: fc.nat(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    gone: fc.nat({ max: 40 }),
    come: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      text.map((one) => Buffer.from(one)),
    ),
  })
  .map(({ seed, at, gone, come }) => {
    const { content } = credentialReport({ id: ACCOUNT, partition: 'aws', seed, users: 3 }, new Date(START));
    const from = Math.floor(content.length * at);
    return Buffer.concat([content.subarray(0, from), come, content.subarray(from + gone)]);
  });

describe('a credential report', () => {
  it('is read cell by cell as it was written, whatever the cells hold', () => {
    fc.assert(
      fc.property(users, fc.boolean(), (rows, eof) => {
        const { root, users: found } = read(report([rootRow, ...rows], eof));
        const told = (row: CredentialRow) => REPORT_COLUMNS.map((column) => row.cell(column));
        expect([root, ...found].map((row) => row && told(row))).toEqual([rootRow, ...rows]);
      }),
      { numRuns: 500 },
    );
  });

  it('is read or refused as InvalidReport without a word of its content, whatever bytes it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (content) => {
        try {
          const { users: found } = read(content);
          expect(found.every((row) => row.cell('arn').includes(ACCOUNT))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidReport);
          expect((error as Error).message).toMatch(
            /^the report (is not valid CSV: [A-Z_]+|lacks columns: [a-z0-9_, ]+|has a column twice|belongs to another account, or has a row without an ARN|has two rows for the root user)$/,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('that begins as IAM begins it and can be read is stored, if the root user is in it', () => {
    fc.assert(
      fc.property(users, fc.boolean(), (rows, eof) => {
        const content = report([rootRow, ...rows], eof);
        expect(reportFlaw(content, ACCOUNT, true)).toBeUndefined();
      }),
    );
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('the check %s', (_id, check) => {
  const flags = fc.oneof(fc.constantFrom('true', 'FALSE', 'not_supported', 'N/A', 'yes', ''), text);
  const dates = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom('N/A', 'no_information', 'not_supported', '', '2026-13-45T00:00:00Z', '2026-11-22'),
    text,
  );
  const cellOf = (column: string) => (/(enabled|active)$/.test(column) ? flags : dates);
  const rows = fc.record(Object.fromEntries(REPORT_COLUMNS.map((column) => [column, cellOf(column)])));

  it('has a result with a reason, whatever the cells of a row hold', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const { result, reason } = verdict(
          check,
          new CredentialRow((column) => row[column] ?? '', START),
          CONTEXT,
        );
        expect(['pass', 'fail', 'not-applicable']).toContain(result);
        expect(reason).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('never passes a row of which nothing can be read', () => {
    fc.assert(
      fc.property(text, (nonsense) => {
        const unread = new CredentialRow(() => `?${nonsense}`, START);
        expect(verdict(check, unread, CONTEXT).result).toBe('fail');
      }),
    );
  });
});
