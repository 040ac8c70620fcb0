import { activeCertificate } from '../../../handlers/checks/active-certificate';
import { additionalCredentials } from '../../../handlers/checks/additional-credentials';
import { consoleMfa } from '../../../handlers/checks/console-mfa';
import { inactiveServiceCredential } from '../../../handlers/checks/inactive-service-credential';
import { keyRotation90Days } from '../../../handlers/checks/key-rotation-90-days';
import { rootAccessKey } from '../../../handlers/checks/root-access-key';
import { rootMfa } from '../../../handlers/checks/root-mfa';
import { rootRowMissing } from '../../../handlers/checks/root-row-missing';
import { readReport } from '../../../handlers/credential-report/credential-report';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../../handlers/credential-report/report-columns';
import { Exemptions } from '../../../handlers/core/exemptions';
import { type CheckCounts, Evaluation, zeroCounts } from '../../../handlers/core/evaluate';
import { resultOf, verdictsOf } from '../../../handlers/core/judge';
import { type CountedResult, worse } from '../../../handlers/core/worse';
import type { RuleSet } from '../../../handlers/core/rule-set';
import { checks } from '../../../handlers/checks';
import type { Check, OtherFacts } from '../../../handlers/checks/check';
import { judged } from '../../support/judged';
import { CONTEXT, type Cells, TIMES, consoleUser, days, key, root, rowOf, user } from '../../support/rows';

const ACCOUNT = '123456789012';
const NO_EXEMPTIONS = new Exemptions([], '2026-11-22');

/** The checks as they are, with their own severities. */
const ruleSet = (context = CONTEXT, list: readonly Check[] = checks): RuleSet => ({
  checks: list.map((check) => ({
    check,
    severity: check.severity,
    rule: {},
    isLooser: false,
    controls: [],
  })),
  frameworks: [],
  rules: {},
  context,
});

interface Options {
  exemptions?: Exemptions;
  context?: typeof CONTEXT;
  list?: readonly Check[];
}

function evaluate(rows: Cells[], { exemptions = NO_EXEMPTIONS, context, list }: Options = {}) {
  const columns = [...REPORT_COLUMNS, ADDITIONAL_COLUMN] as const;
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => row[column]).join(','))];
  const rules = ruleSet(context, list);
  const evaluation = new Evaluation(rules, exemptions);
  const report = readReport(Buffer.from(lines.join('\n')), ACCOUNT, TIMES);
  const { findings, results, controlResults } = evaluation.account(
    { id: ACCOUNT },
    judged(rules, ACCOUNT, report),
  );
  return {
    findings,
    results: Object.fromEntries(results),
    controlResults: Object.fromEntries(controlResults),
    counts: Object.fromEntries(evaluation.counts),
  };
}

const counted = (counts: Partial<CheckCounts>): CheckCounts => ({ ...zeroCounts(), ...counts });
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const exemptionOf = (check: string, who: string) => ({
  account: ACCOUNT,
  user: who,
  check,
  reason: 'accepted',
  expires: '2026-12-31',
});

describe('the evaluation of an account', () => {
  it('counts one result for every check and every row that the check applies to', () => {
    const { counts } = evaluate([root, consoleUser, withoutMfa, { ...user, ...key(1, 91, 1) }]);
    const rowsOf = { organization: 0, report: 1, account: 1, root: 1, user: 3, principal: 4 };
    for (const check of checks) {
      const { findings: _findings, ...results } = counts[check.id] ?? zeroCounts();
      const sum = Object.values(results).reduce((total, count) => total + count, 0);
      expect([check.id, sum]).toEqual([check.id, rowsOf[check.appliesTo]]);
    }
    expect(counts['console-mfa']).toEqual(counted({ pass: 1, fail: 1, notApplicable: 1, findings: 1 }));
  });

  it('does not run the checks for users on the root user', () => {
    const { findings } = evaluate([
      { ...root, ...key(1, 500, 400), ...key(2, 500, 400), password_enabled: 'true' },
    ]);
    expect(findings.map(({ check }) => check.appliesTo)).not.toContain('user');
    expect(findings.map(({ check }) => check.id)).toEqual(
      expect.arrayContaining(['root-access-key', 'root-mfa']),
    );
  });

  it('has a finding for each credential that fails, and one result for the row', () => {
    const list = [keyRotation90Days];
    const { findings, counts, results } = evaluate(
      [root, { ...user, ...key(1, 200, 1), ...key(2, 100, 1) }],
      { list },
    );
    expect(findings).toMatchObject([
      { user: 'ada', reason: 'access key 1 is 200 days old', credential: { id: '1', createdAt: days(200) } },
      { user: 'ada', reason: 'access key 2 is 100 days old', credential: { id: '2', createdAt: days(100) } },
    ]);
    expect(counts['key-rotation-90-days']).toEqual(counted({ fail: 1, findings: 2 }));
    expect(results).toEqual({ 'key-rotation-90-days': 'fail' });
  });

  it('has no finding for the credentials that pass', () => {
    const { findings } = evaluate([{ ...user, ...key(1, 200, 1), ...key(2, 10, 1) }], {
      list: [keyRotation90Days],
    });
    expect(findings.map(({ reason }) => reason)).toEqual(['access key 1 is 200 days old']);
  });

  it('gives a finding a key that survives a swap of slots', () => {
    const keysOf = (cells: Cells) =>
      evaluate([cells], { list: [keyRotation90Days] }).findings.map((finding) => finding.key);
    const before = keysOf({ ...user, ...key(1, 200, 1), ...key(2, 100, 1) });
    const after = keysOf({ ...user, ...key(2, 200, 1), ...key(1, 100, 1) });
    expect(before).toEqual([
      `key-rotation-90-days access-key ${new Date(days(200)).toISOString()}`,
      `key-rotation-90-days access-key ${new Date(days(100)).toISOString()}`,
    ]);
    expect([...after].sort()).toEqual([...before].sort());
  });

  it('gives the findings of two keys of the same second different keys', () => {
    const { findings } = evaluate([{ ...user, ...key(1, 200, 1), ...key(2, 200, 1) }], {
      list: [keyRotation90Days],
    });
    const [first = '', second] = findings.map((finding) => finding.key);
    expect(second).toBe(`${first} #2`);
  });

  it('finds the same when a report swaps the slots of keys whose dates cannot be read', () => {
    const undated = (slot: 1 | 2) => ({ ...key(slot, 5, 1), [`access_key_${slot}_last_rotated`]: '?' });
    const keysOf = (...slots: (1 | 2)[]) =>
      evaluate([Object.assign({}, user, ...slots.map(undated)) as Cells], {
        list: [keyRotation90Days],
      }).findings.map((finding) => finding.key);
    expect(keysOf(1)).toEqual(keysOf(2));
    expect(keysOf(1, 2)).toEqual(['key-rotation-90-days access-key', 'key-rotation-90-days access-key #2']);
  });

  it('reports a missing root row, and says that nothing is known about the root user', () => {
    for (const rows of [[consoleUser], []]) {
      const { findings, counts, results } = evaluate(rows, {
        list: [rootRowMissing, rootMfa, rootAccessKey, consoleMfa],
      });
      const about = { user: '<root_account>', arn: `arn:aws:iam::${ACCOUNT}:root` };
      const reason = 'the report has no row for the root user';
      expect(findings).toEqual([
        {
          ...about,
          check: rootRowMissing,
          severity: 'high',
          result: 'fail',
          reason,
          key: 'root-row-missing',
        },
        { ...about, check: rootMfa, severity: 'critical', result: 'unknown', reason, key: 'root-mfa' },
        {
          ...about,
          check: rootAccessKey,
          severity: 'critical',
          result: 'unknown',
          reason,
          key: 'root-access-key',
        },
      ]);
      expect(counts['root-row-missing']).toEqual(counted({ fail: 1, findings: 1 }));
      expect(counts['root-mfa']).toEqual(counted({ unknown: 1, findings: 1 }));
      expect(results).toMatchObject({ 'root-row-missing': 'fail', 'root-mfa': 'unknown' });
    }
  });

  it('does not apply the checks of the root user in AWS China, whose reports have no root row', () => {
    const china = { ...CONTEXT, partition: 'aws-cn' };
    const { findings, counts } = evaluate([consoleUser], { context: china });
    const ofRoot = checks.filter(({ appliesTo }) => appliesTo === 'root').map(({ id }) => id);
    expect(findings.filter(({ check }) => ofRoot.includes(check.id))).toEqual([]);
    expect(ofRoot).toContain('root-mfa');
    for (const check of ofRoot) expect(counts[check]).toEqual(counted({ notApplicable: 1 }));
    expect(counts['root-row-missing']).toEqual(counted({ notApplicable: 1 }));
  });

  it('accepts a missing root row that is exempt', () => {
    const exemption = exemptionOf('root-row-missing', '<root_account>');
    const exemptions = new Exemptions([exemption], '2026-11-22');
    const { findings, counts, results } = evaluate([consoleUser], {
      exemptions,
      list: [rootRowMissing, rootMfa],
    });
    expect(findings).toMatchObject([{ exemption }, { result: 'unknown' }]);
    expect(findings[1]).not.toHaveProperty('exemption');
    expect(counts['root-row-missing']).toEqual(counted({ exempt: 1 }));
    expect(counts['root-mfa']).toEqual(counted({ unknown: 1, findings: 1 }));
    expect(results).toEqual({ 'root-row-missing': 'exempt', 'root-mfa': 'unknown' });
  });

  it('reports a cell that cannot be read as a finding whose result is unknown', () => {
    const { findings, counts } = evaluate([root, { ...withoutMfa, password_enabled: 'perhaps' }], {
      list: [consoleMfa],
    });
    expect(findings).toMatchObject([
      {
        result: 'unknown',
        reason: 'cannot be evaluated: password_enabled "perhaps" is neither true nor false',
      },
    ]);
    expect(counts['console-mfa']).toEqual(counted({ unknown: 1, findings: 1 }));
  });

  it('keeps an exempt finding and counts it as exempt, not as failed', () => {
    const exemption = { ...exemptionOf('console-mfa', 'ada'), account: '*' };
    const list = [consoleMfa];
    const { findings, counts } = evaluate([root, withoutMfa], {
      exemptions: new Exemptions([exemption], '2026-11-22'),
      list,
    });
    expect(findings).toMatchObject([{ user: 'ada', exemption }]);
    expect(counts['console-mfa']).toEqual(counted({ exempt: 1 }));
    const expired = evaluate([withoutMfa], { exemptions: new Exemptions([exemption], '2027-01-01'), list });
    expect(expired.counts['console-mfa']).toEqual(counted({ fail: 1, findings: 1 }));
  });

  it('counts an exempt row once and its findings singly', () => {
    const exemption = exemptionOf('key-rotation-90-days', 'ada');
    const exemptions = new Exemptions([exemption], '2026-11-22');
    const { counts } = evaluate([{ ...user, ...key(1, 200, 1), ...key(2, 100, 1) }], {
      exemptions,
      list: [keyRotation90Days],
    });
    expect(counts['key-rotation-90-days']).toEqual(counted({ exempt: 1 }));
    expect(exemptions.all).toMatchObject([{ findings: 2 }]);
  });

  it('takes the worst row for the result of the account', () => {
    const results = (rows: Cells[]) => evaluate(rows, { list: [consoleMfa] }).results;
    expect(results([root, consoleUser, withoutMfa, user])).toEqual({ 'console-mfa': 'fail' });
    expect(results([root, user, consoleUser, user])).toEqual({ 'console-mfa': 'pass' });
    expect(results([root])).toEqual({});
  });

  it('lists the findings in the order of the checks, then of the rows', () => {
    const second = { ...withoutMfa, user: 'bob', arn: `arn:aws:iam::${ACCOUNT}:user/bob` };
    const list = [keyRotation90Days, consoleMfa];
    const { findings } = evaluate([root, { ...withoutMfa, ...key(1, 91, 1) }, second], { list });
    expect(findings.map(({ check, user: who }) => `${check.id} ${who}`)).toEqual([
      'key-rotation-90-days ada',
      'console-mfa ada',
      'console-mfa bob',
    ]);
  });

  it('does not take an error of the check itself for a finding', () => {
    const check = {
      ...rootMfa,
      evaluate: () => {
        throw new TypeError('a mistake in the check');
      },
    };
    expect(() => verdictsOf(check, rowOf(root), CONTEXT)).toThrow(TypeError);
  });
});

describe('credentials that the report does not show', () => {
  const further = { additional_credentials_info: '1 access key' };
  const list = [additionalCredentials, rootAccessKey, consoleMfa, keyRotation90Days, activeCertificate];
  const resultsOf = (rows: Cells[], props: Parameters<typeof evaluate>[1] = {}) => {
    const { results, controlResults } = evaluate(rows, { list, ...props });
    return { results, controlResults };
  };
  const person = { ...consoleUser, ...key(1, 1, 1) };

  it('leave what controls ask about keys and certificates of the user undecided, and nothing else', () => {
    const { results, controlResults } = resultsOf([root, { ...person, ...further }]);
    expect(controlResults).toEqual({
      'additional-credentials': 'unknown',
      'root-access-key': 'pass',
      'console-mfa': 'pass',
      'key-rotation-90-days': 'unknown',
      'active-certificate': 'unknown',
    });
    expect(results).toMatchObject({ 'key-rotation-90-days': 'pass', 'active-certificate': 'pass' });
  });

  it('of the root user leave those about the root user undecided', () => {
    expect(resultsOf([{ ...root, ...further }, person]).controlResults).toMatchObject({
      'root-access-key': 'unknown',
      'console-mfa': 'pass',
      'key-rotation-90-days': 'pass',
    });
  });

  it('decide nothing where a credential that is shown fails', () => {
    const rows = [root, { ...consoleUser, ...key(1, 91, 1), ...further }];
    expect(resultsOf(rows).controlResults).toMatchObject({ 'key-rotation-90-days': 'fail' });
  });

  it('are accepted by an exemption of the check, for the user whom it names', () => {
    const accepted = (name: string) => {
      const exemption = exemptionOf('additional-credentials', name);
      return resultsOf([root, { ...person, ...further }], {
        exemptions: new Exemptions([exemption], '2026-11-22'),
      }).controlResults['key-rotation-90-days'];
    };
    expect([accepted('ada'), accepted('bob')]).toEqual(['exempt', 'unknown']);
    const second = { ...person, ...further, user: 'bob', arn: `arn:aws:iam::${ACCOUNT}:user/bob` };
    const both = resultsOf([root, { ...person, ...further }, second], {
      exemptions: new Exemptions([exemptionOf('additional-credentials', 'ada')], '2026-11-22'),
    });
    expect(both.controlResults).toMatchObject({ 'key-rotation-90-days': 'unknown' });
    const otherCheck = new Exemptions([exemptionOf('console-mfa', 'ada')], '2026-11-22');
    const withoutMfaToo = { ...person, ...further, mfa_active: 'false' };
    const others = { exemptions: otherCheck, list: [...list].reverse() };
    expect(resultsOf([root, withoutMfaToo], others).controlResults).toMatchObject({
      'console-mfa': 'exempt',
      'key-rotation-90-days': 'unknown',
    });
  });

  it('count although the check that tells them is off, also for a check that applied to nothing', () => {
    const { results, controlResults } = resultsOf([root, { ...consoleUser, ...further }], {
      list: [keyRotation90Days],
    });
    expect(results).toEqual({ 'key-rotation-90-days': 'not-applicable' });
    expect(controlResults).toEqual({ 'key-rotation-90-days': 'unknown' });
  });

  it('change nothing if the report says that there are none', () => {
    const { results, controlResults } = resultsOf([root, { ...person, additional_credentials_info: 'N/A' }]);
    expect(controlResults).toEqual(results);
  });
});

describe('the evaluation of the organization', () => {
  const facts = {
    id: 'o-example',
    managementAccountId: ACCOUNT,
    rootCredentials: { result: 'fail' as const, detail: 'RootCredentialsManagement is not enabled' },
  };
  const evaluationOf = (exemptions = NO_EXEMPTIONS) => new Evaluation(ruleSet(), exemptions);

  it('runs the checks of the organization, and no others', () => {
    const evaluation = evaluationOf();
    const { findings, results } = evaluation.organization('o-example', facts);
    expect([...results]).toEqual([['central-root-access', 'fail']]);
    expect(findings).toMatchObject([
      {
        user: '<organization>',
        arn: `arn:aws:organizations::${ACCOUNT}:organization/o-example`,
        result: 'fail',
        key: 'central-root-access',
      },
    ]);
    expect(evaluation.counts.get('central-root-access')).toEqual(counted({ fail: 1, findings: 1 }));
    expect(evaluation.counts.get('root-row-missing')).toEqual(counted({}));
  });

  it('names the organization as the account of its findings', () => {
    const exemption = { ...exemptionOf('central-root-access', '<organization>'), account: '*' };
    const { findings } = evaluationOf(new Exemptions([exemption], '2026-11-22')).organization(
      'o-example',
      facts,
    );
    expect(findings).toMatchObject([{ exemption }]);
  });
});

describe('the evaluation of what else is known of an account', () => {
  const credentials = [
    {
      UserName: 'ada',
      ServiceName: 'bedrock.amazonaws.com',
      ServiceSpecificCredentialId: 'ACCAEXAMPLE1',
      Status: 'Inactive',
      CreateDate: '2026-01-01T00:00:00Z',
    },
    {
      UserName: 'created-later',
      ServiceName: 'bedrock.amazonaws.com',
      ServiceSpecificCredentialId: 'ACCAEXAMPLE2',
      Status: 'Inactive',
      CreateDate: '2026-01-01T00:00:00Z',
    },
  ];
  const lines = [REPORT_COLUMNS, REPORT_COLUMNS.map((column) => user[column])].map((cells) =>
    cells.join(','),
  );
  const report = readReport(Buffer.from(lines.join('\n')), ACCOUNT, TIMES);
  const rules = ruleSet(CONTEXT, [inactiveServiceCredential]);
  const evaluated = (others?: OtherFacts) =>
    new Evaluation(rules, NO_EXEMPTIONS).account({ id: ACCOUNT }, judged(rules, ACCOUNT, report, others));

  it('finds the user of each credential in the report, and may not know its ARN', () => {
    const others = { serviceCredentials: { credentials }, times: TIMES };
    expect(evaluated(others).findings.map(({ user: who, arn }) => [who, arn])).toEqual([
      ['ada', `arn:aws:iam::${ACCOUNT}:user/ada`],
      ['created-later', ''],
    ]);
  });

  it('is unknown if it was not collected', () => {
    expect(evaluated().findings).toMatchObject([{ user: '<root_account>', result: 'unknown' }]);
  });
});

describe('the worst result', () => {
  const worstFirst: CountedResult[] = ['fail', 'unknown', 'exempt', 'pass', 'not-applicable'];

  it('is fail, then unknown, exempt, pass, not-applicable', () => {
    worstFirst.forEach((one, index) => {
      expect(worse(one, undefined)).toBe(one);
      for (const other of worstFirst.slice(index)) {
        expect(worse(one, other)).toBe(one);
        expect(worse(other, one)).toBe(one);
      }
    });
  });

  it('decides the result of a row', () => {
    const verdict = (result: 'pass' | 'fail' | 'unknown') => ({ result, reason: 'for a test' });
    expect(resultOf([verdict('pass'), verdict('unknown'), verdict('fail')])).toBe('fail');
    expect(resultOf([verdict('unknown'), verdict('pass')])).toBe('unknown');
    expect(resultOf([verdict('pass')])).toBe('pass');
  });
});
