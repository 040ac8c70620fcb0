/** Whatever IAM returns, the result is right or a clear error, and no credential passes unread. */
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { checks } from '../../../handlers/checks';
import type { RowCheck } from '../../../handlers/checks/check';
import { InvalidReport, readReport } from '../../../handlers/credential-report/credential-report';
import { CredentialRow, ROOT_USER } from '../../../handlers/credential-report/credential-row';
import { REPORT_COLUMNS } from '../../../handlers/credential-report/report-columns';
import { verdictsOf } from '../../../handlers/core/judge';
import { reportFlaw } from '../../../handlers/collect-reports/report-integrity';
import { credentialReport } from '../../../local/fake-aws/organization/credential-report';
import { CONTEXT, START, TIMES } from '../../support/rows';

const ACCOUNT = '123456789012';
const read = (content: Uint8Array) => readReport(content, ACCOUNT, TIMES);

/** Text that has the special characters of CSV more often than random text. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '\uFEFF', '='), maxLength: 6 }),
);
/** The cells of a user, except for name and ARN. */
const cells = fc.array(text, { minLength: 20, maxLength: 20 });
const users = fc.array(fc.record({ user: text, cells }), { maxLength: 4 }).map((rows) =>
  // No user can have the name `<root_account>`.
  rows.map(({ user, cells: rest }) => [
    user === ROOT_USER ? 'x' : user,
    `arn:aws:iam::${ACCOUNT}:user/x`,
    ...rest,
  ]),
);
const rootRow = [ROOT_USER, `arn:aws:iam::${ACCOUNT}:root`, ...Array<string>(20).fill('N/A')];
const report = (rows: string[][], eof: boolean) =>
  Buffer.from(stringify([[...REPORT_COLUMNS], ...rows], { eof, quoted_match: /[\r\n]/ }));

/** A report that was damaged on its way: a piece is removed, another one inserted, or both. */
const damaged = fc
  .record({
    seed: fc.nat(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 40 }),
    inserted: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      text.map((part) => Buffer.from(part)),
    ),
  })
  .map(({ seed, at, removed, inserted }) => {
    const { content } = credentialReport({ id: ACCOUNT, partition: 'aws', seed, users: 3 }, new Date(START));
    const from = Math.floor(content.length * at);
    return Buffer.concat([content.subarray(0, from), inserted, content.subarray(from + removed)]);
  });

describe('a credential report', () => {
  it('is read cell by cell as it was written, whatever the cells contain', () => {
    fc.assert(
      fc.property(users, fc.boolean(), (rows, eof) => {
        const { root, users: found } = read(report([rootRow, ...rows], eof));
        const cellsOf = (row: CredentialRow) => REPORT_COLUMNS.map((column) => row.cell(column));
        expect([root, ...found].map((row) => row && cellsOf(row))).toEqual([rootRow, ...rows]);
      }),
      { numRuns: 500 },
    );
  });

  it('is read, or rejected as InvalidReport without quoting its content, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (content) => {
        try {
          const { users: found } = read(content);
          expect(found.every((row) => row.cell('arn').includes(ACCOUNT))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidReport);
          expect((error as Error).message).toMatch(
            /^the report (is not valid CSV: [A-Z_]+|lacks columns: [a-z0-9_, ]+|has a duplicate column|belongs to another account, or has a row without an ARN|has two rows for the root user)$/,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is accepted for storage if it starts with the columns of IAM and has a row for the root user', () => {
    fc.assert(
      fc.property(users, fc.boolean(), (rows, eof) => {
        const content = report([rootRow, ...rows], eof);
        expect(reportFlaw(content, ACCOUNT, true)).toBeUndefined();
      }),
    );
  });
});

const rowChecks = checks.filter(
  (check): check is RowCheck => check.appliesTo !== 'report' && check.appliesTo !== 'organization',
);

describe.each(rowChecks.map((check) => [check.id, check] as const))('the check %s', (_id, check) => {
  const flags = fc.oneof(fc.constantFrom('true', 'FALSE', 'not_supported', 'N/A', 'yes', ''), text);
  const dates = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom('N/A', 'no_information', 'not_supported', '', '2026-13-45T00:00:00Z', '2026-11-22'),
    text,
  );
  const cellOf = (column: string) => (/(enabled|active)$/.test(column) ? flags : dates);
  const rows = fc.record(Object.fromEntries(REPORT_COLUMNS.map((column) => [column, cellOf(column)])));

  it('returns a result with a reason, whatever the cells of a row contain', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const verdicts = verdictsOf(check, new CredentialRow((column) => row[column] ?? '', TIMES), CONTEXT);
        expect(verdicts.length).toBeGreaterThan(0);
        for (const { result, reason } of verdicts) {
          expect(['pass', 'fail', 'unknown', 'not-applicable']).toContain(result);
          expect(reason).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never passes a row without a readable cell', () => {
    fc.assert(
      fc.property(text, (nonsense) => {
        const unreadable = new CredentialRow(() => `?${nonsense}`, TIMES);
        // This check reads no cell.
        const expected = check.id === 'iam-user' ? 'fail' : 'unknown';
        for (const { result } of verdictsOf(check, unreadable, CONTEXT)) expect(result).toBe(expected);
      }),
    );
  });
});
