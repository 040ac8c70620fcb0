import { rootMfa } from '../../../handlers/checks/root-mfa';
import { rootRowMissing } from '../../../handlers/checks/root-row-missing';
import { readReport } from '../../../handlers/credential-report/credential-report';
import { REPORT_COLUMNS } from '../../../handlers/credential-report/credential-row';
import { Exemptions } from '../../../handlers/core/exemptions';
import { Evaluation, verdict } from '../../../handlers/core/evaluate';
import { CONTEXT, type Cells, TIMES, consoleUser, key, root, rowOf, user } from '../../support/rows';

const ACCOUNT = '123456789012';

function evaluate(rows: Cells[], exemptions = new Exemptions([], '2026-11-22'), context = CONTEXT) {
  const lines = [
    REPORT_COLUMNS.join(','),
    ...rows.map((row) => REPORT_COLUMNS.map((column) => row[column]).join(',')),
  ];
  const evaluation = new Evaluation(context, exemptions);
  const report = readReport(Buffer.from(lines.join('\n')), ACCOUNT, TIMES);
  const findings = evaluation.findings({ id: ACCOUNT }, report);
  return { findings, counts: Object.fromEntries(evaluation.counts) };
}

const withoutMfa = { ...consoleUser, mfa_active: 'false' };

describe('the evaluation of an account', () => {
  it('counts one result for every check and every row that the check applies to', () => {
    const { counts } = evaluate([root, consoleUser, withoutMfa, { ...user, ...key(1, 91, 1) }]);
    for (const [check, { pass, fail, exempt, notApplicable }] of Object.entries(counts)) {
      expect([check, pass + fail + exempt + notApplicable]).toEqual([
        check,
        check.startsWith('root-') ? 1 : 3,
      ]);
    }
    expect(counts['console-mfa']).toEqual({ pass: 1, fail: 1, exempt: 0, notApplicable: 1 });
  });

  it('does not run the checks for users on the root user', () => {
    const { findings } = evaluate([
      { ...root, ...key(1, 500, 400), ...key(2, 500, 400), password_enabled: 'true' },
    ]);
    expect(findings.map(({ check }) => check.id)).toEqual(['root-access-key', 'root-mfa']);
  });

  it('reports a missing root row as one finding, and has no result for the checks of the root user', () => {
    for (const rows of [[consoleUser], []]) {
      const { findings, counts } = evaluate(rows);
      expect(findings).toEqual([
        {
          user: '<root_account>',
          arn: `arn:aws:iam::${ACCOUNT}:root`,
          check: rootRowMissing,
          reason: 'cannot be evaluated: the report has no row for the root user',
        },
      ]);
      expect(counts['root-row-missing']).toEqual({ pass: 0, fail: 1, exempt: 0, notApplicable: 0 });
      for (const check of ['root-mfa', 'root-access-key', 'root-recent-use'])
        expect(counts[check]).toEqual({ pass: 0, fail: 0, exempt: 0, notApplicable: 0 });
    }
  });

  it('does not apply the checks of the root user in AWS China, whose reports have no root row', () => {
    const { findings, counts } = evaluate([consoleUser], undefined, { ...CONTEXT, partition: 'aws-cn' });
    expect(findings).toEqual([]);
    for (const check of ['root-row-missing', 'root-mfa', 'root-access-key', 'root-recent-use'])
      expect(counts[check]).toEqual({ pass: 0, fail: 0, exempt: 0, notApplicable: 1 });
  });

  it('accepts a missing root row that is exempt', () => {
    const exemption = {
      account: ACCOUNT,
      user: '<root_account>',
      check: 'root-row-missing',
      reason: 'known to AWS Support',
      expires: '2026-12-31',
    };
    const { findings, counts } = evaluate([consoleUser], new Exemptions([exemption], '2026-11-22'));
    expect(findings).toMatchObject([{ exemption }]);
    expect(counts['root-row-missing']).toEqual({ pass: 0, fail: 0, exempt: 1, notApplicable: 0 });
    expect(counts['root-mfa']).toEqual({ pass: 0, fail: 0, exempt: 0, notApplicable: 0 });
  });

  it('reports a cell that cannot be read as a finding', () => {
    const { findings } = evaluate([root, { ...withoutMfa, password_enabled: 'perhaps' }]);
    expect(findings.map(({ check, reason }) => [check.id, reason])).toContainEqual([
      'console-mfa',
      'cannot be evaluated: password_enabled "perhaps" is neither true nor false',
    ]);
  });

  it('keeps an exempt finding and counts it as exempt, not as failed', () => {
    const exemption = {
      account: '*',
      user: 'ada',
      check: 'console-mfa',
      reason: 'break glass',
      expires: '2026-12-31',
    };
    const { findings, counts } = evaluate([root, withoutMfa], new Exemptions([exemption], '2026-11-22'));
    const found = findings.filter(({ check }) => check.id === exemption.check);
    expect(found).toMatchObject([{ user: 'ada', exemption }]);
    expect(counts['console-mfa']).toEqual({ pass: 0, fail: 0, exempt: 1, notApplicable: 0 });
    const expired = evaluate([withoutMfa], new Exemptions([exemption], '2027-01-01'));
    expect(expired.counts['console-mfa']).toEqual({ pass: 0, fail: 1, exempt: 0, notApplicable: 0 });
  });

  it('does not take an error of the check itself for a finding', () => {
    const check = {
      ...rootMfa,
      evaluate: () => {
        throw new TypeError('a mistake in the check');
      },
    };
    expect(() => verdict(check, rowOf(root), CONTEXT)).toThrow(TypeError);
  });
});
