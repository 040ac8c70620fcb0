import { resolve } from 'node:path';
import { accessError } from '../../../tools/report/access-error';
import type { FetchedReport } from '../../../tools/report/fetch-report';
import { NotAsRecorded } from '../../../tools/report/not-as-recorded';
import { linesOf, problemLines } from '../../../tools/report/print';
import { finding } from '../../../tools/verify/findings';

const SOURCE = { store: 's3://reports/iam/', environment: 'production', date: undefined };
const told = (...findings: ReturnType<typeof finding>[]) => problemLines(new NotAsRecorded(findings), SOURCE);

describe('what a user is told of a report', () => {
  const report = (totals: object, isSigned = true) =>
    ({
      page: resolve('reports/production/2026-11-22/index.html'),
      run: {
        ...{ date: '2026-11-22', execution: 'run-1', startedAt: '2026-11-22T08:00:00.000Z' },
        totals: { expected: 9, failed: 0, ...totals },
      },
      files: [{ bytes: 2 ** 20 }, { bytes: 2 ** 19 }],
      isSigned,
    }) as unknown as FetchedReport;
  const place = 'reports/production/2026-11-22/index.html';
  const first = (signed: string) =>
    `production 2026-11-22: 2 files, 1.5 MiB, as recorded by the run of 2026-11-22T08:00:00.000Z (run-1), ${signed}`;

  it('is what it is made of, and where its page is', () => {
    expect(linesOf('production', report({}))).toEqual([first('signed'), place]);
    expect(linesOf('production', report({}, false))).toEqual([first('not signed'), place]);
  });

  it('says that the run is not complete', () => {
    expect(linesOf('production', report({ failed: 2 }))[1]).toBe(
      'THE RUN IS NOT COMPLETE: 2 of 9 accounts failed',
    );
    expect(linesOf('production', report({ expected: 0 }))[1]).toBe(
      'THE RUN IS NOT COMPLETE: no account was expected',
    );
  });
});

describe('what a user is told of a report that is refused', () => {
  const unreadable = finding('unreadable', 'a.csv', 'AccessDenied: Access Denied');

  it('is every problem, and the command that says what else is wrong', () => {
    expect(told(unreadable, finding('missing', 'b.csv', 'it does not exist'))).toEqual([
      'unreadable  a.csv: AccessDenied: Access Denied',
      'missing     b.csv: it does not exist',
      'error: not as recorded, so nothing was opened or replaced; see what else is not: ' +
        'npm run verify -- s3://reports/iam/ --environment production',
    ]);
  });

  it('accuses nobody if objects could not be read', () => {
    expect(told(unreadable).at(-1)).toBe(
      'error: not everything could be read, so nothing was opened or replaced; run it again, or see "Who may read" in ' +
        'docs/reading-the-tables.md',
    );
  });

  it('says what a reader needs who may not read the bucket', () => {
    const denied = Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
    const place = { bucket: 'reports', prefix: 'iam/' };
    expect(accessError(denied, 'production', place)).toEqual(
      new Error(
        'not allowed to read s3://reports/iam/: AccessDenied: Access Denied; the output reader_policy has what a reader ' +
          'needs, see docs/reading-the-tables.md',
      ),
    );
    const other = new Error('getaddrinfo ENOTFOUND');
    expect(accessError(other, 'production', place)).toBe(other);
  });
});
