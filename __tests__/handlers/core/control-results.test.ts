import { ControlResults } from '../../../handlers/core/control-results';
import type { CountedResult } from '../../../handlers/core/worse';
import { ruleSetOf } from '../../../handlers/core/rule-set';
import type { RuleSettings } from '../../../handlers/shared/events';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const FRAMEWORKS = ['cis-v3.0', 'fsbp'];
const ruleSet = (change: Partial<RuleSettings> = {}) =>
  ruleSetOf({ ...defaultSettings.checks, frameworks: FRAMEWORKS, ...change }, 'aws');

type Results = Record<string, CountedResult> | undefined;

/** The control of CIS v3.0 that is asked for, after accounts with these results. */
function control(id: string, accounts: Results[], change: Partial<RuleSettings> = {}) {
  const results = new ControlResults(ruleSet(change));
  accounts.forEach((found, index) => {
    results.add(`account-${index + 1}`, found && new Map(Object.entries(found)));
  });
  return results.all[0]?.controls.find((one) => one.id === id);
}

describe('a control', () => {
  it.each<[string, Results[], string]>([
    ['met when every account passes', [{ 'console-mfa': 'pass' }, { 'console-mfa': 'pass' }], 'met'],
    [
      'met when its check does not apply in one account, and passes in another',
      [{ 'console-mfa': 'not-applicable' }, { 'console-mfa': 'pass' }],
      'met',
    ],
    [
      'not applicable when its check applies nowhere',
      [{ 'console-mfa': 'not-applicable' }],
      'not-applicable',
    ],
    ['not applicable when its check applies to nothing in any account', [{}, {}], 'not-applicable'],
    ['undecided when its check applies nowhere, and an account has no report', [{}, undefined], 'undecided'],
    ['met by exemptions', [{ 'console-mfa': 'exempt' }], 'met'],
    ['met with and without exemptions', [{ 'console-mfa': 'exempt' }, { 'console-mfa': 'pass' }], 'met'],
    ['not met when one account fails', [{ 'console-mfa': 'pass' }, { 'console-mfa': 'fail' }], 'not-met'],
    [
      'not met although another is unknown',
      [{ 'console-mfa': 'unknown' }, { 'console-mfa': 'fail' }],
      'not-met',
    ],
    ['undecided when one is unknown', [{ 'console-mfa': 'unknown' }, { 'console-mfa': 'pass' }], 'undecided'],
    ['undecided when an account has no report', [{ 'console-mfa': 'pass' }, undefined], 'undecided'],
    ['undecided without any account', [], 'undecided'],
  ])('is %s', (_about, accounts, status) => {
    expect(control('1.10', accounts)?.status).toBe(status);
  });

  it('counts its accounts, and names those that matter', () => {
    const accounts: Results[] = (
      ['pass', 'fail', 'unknown', 'exempt', 'fail', 'not-applicable'] as const
    ).map((result) => ({ 'console-mfa': result }));
    expect(control('1.10', [...accounts, undefined])).toEqual({
      id: '1.10',
      checks: ['console-mfa'],
      partial: false,
      status: 'not-met',
      met: 2,
      notMet: 2,
      undecided: 2,
      exempt: 1,
      notMetAccounts: ['account-2', 'account-5'],
      undecidedAccounts: ['account-3', 'account-7'],
    });
  });

  it('says whether it asks for more than its checks can see', () => {
    expect(control('1.7', [{ 'root-recent-use': 'pass' }])).toMatchObject({ status: 'met', partial: true });
  });

  it('of several checks is met only if all of them are', () => {
    const rootMfa = (results: Results) => control('1.5', [results])?.status;
    const passed = { 'root-mfa': 'pass', 'root-key-mfa': 'not-applicable' } as const;
    expect(rootMfa({ ...passed, 'root-mfa-without-credentials': 'not-applicable' })).toBe('met');
    expect(rootMfa({ ...passed, 'root-mfa-without-credentials': 'fail' })).toBe('not-met');
    expect(rootMfa({ ...passed, 'root-mfa-without-credentials': 'unknown' })).toBe('undecided');
    expect(rootMfa({ ...passed, 'root-mfa': 'unknown', 'root-key-mfa': 'fail' })).toBe('not-met');
  });

  it.each<[string, Partial<RuleSettings>, string]>([
    ['one of its checks is off', { off: ['root-key-mfa'] }, '1.5'],
    ['its threshold is looser', { unusedDays: 46 }, '1.12'],
  ])('is not assessed when %s', (_about, change, id) => {
    const counts = { met: 0, notMet: 0, undecided: 0, exempt: 0 };
    const found = control(id, [{ 'root-mfa': 'fail', 'unused-45-days': 'fail' }, undefined], change);
    expect(found).toMatchObject({
      status: 'not-assessed',
      ...counts,
      notMetAccounts: [],
      undecidedAccounts: [],
    });
  });
});

describe('a control of the organization', () => {
  function results(change: Partial<RuleSettings> = {}) {
    const found = new ControlResults(ruleSet({ frameworks: ['cis-v7.0'], ...change }));
    found.add('account-1', new Map([['root-mfa', 'pass']]));
    found.add('account-2', undefined);
    return found;
  }
  const central = (found: ControlResults) => found.totals[0]?.controls.find(({ id }) => id === '2.1.1');

  it('counts the organization once, and no account', () => {
    const found = results();
    found.add('o-example', new Map([['central-root-access', 'fail']]), 'organization');
    expect(central(found)).toMatchObject({ status: 'not-met', met: 0, notMet: 1, undecided: 0, exempt: 0 });
    expect(found.all[0]?.controls.find(({ id }) => id === '2.1.1')?.notMetAccounts).toEqual(['o-example']);
  });

  it('is undecided until something is known, and does not touch the controls of accounts', () => {
    const found = results();
    expect(central(found)?.status).toBe('undecided');
    const rootMfa = () => found.totals[0]?.controls.find(({ id }) => id === '2.5');
    const before = rootMfa();
    found.add('o-example', new Map([['central-root-access', 'pass']]), 'organization');
    expect(central(found)).toMatchObject({ status: 'met', met: 1 });
    expect(rootMfa()).toEqual(before);
    expect(before).toMatchObject({ met: 1, undecided: 1 });
  });
});

describe('the totals of the frameworks', () => {
  it('do not count controls that do not apply', () => {
    const results = new ControlResults(ruleSet({ off: [] }));
    results.add('account-1', new Map([['console-mfa', 'pass']]));
    expect(results.totals[0]).toMatchObject({ assessed: 1, met: 1 });
  });

  it('count the controls that are assessed and those that are met, and name no account', () => {
    const rules = ruleSet({ off: ['two-active-keys'] });
    const results = new ControlResults(rules);
    const passed = rules.checks.map(({ check }) => [check.id, 'pass'] as const);
    results.add('account-1', new Map([...passed, ['console-mfa', 'fail']]));
    const [cis, fsbp] = results.totals;
    expect(cis).toMatchObject({
      id: 'cis-v3.0',
      name: 'CIS AWS Foundations Benchmark',
      version: 'v3.0',
      label: 'CIS v3.0',
      assessed: 7,
      met: 6,
    });
    expect(fsbp).toMatchObject({ id: 'fsbp', assessed: 4, met: 3 });
    expect(cis?.controls.find(({ id }) => id === '1.10')).toEqual({
      id: '1.10',
      checks: ['console-mfa'],
      partial: false,
      status: 'not-met',
      met: 0,
      notMet: 1,
      undecided: 0,
      exempt: 0,
    });
    expect(results.all.map(({ framework }) => framework.id)).toEqual(FRAMEWORKS);
  });
});
