import { checks } from '../../../handlers/checks';
import { ruleSetOf } from '../../../handlers/core/rule-set';
import type { RuleSettings } from '../../../handlers/shared/events';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const ruleSet = (change: Partial<RuleSettings> = {}) =>
  ruleSetOf({ ...defaultSettings.checks, frameworks: [], ...change }, 'aws');
const idsOf = (...args: Parameters<typeof ruleSet>) => ruleSet(...args).checks.map(({ check }) => check.id);
const one = (id: string, change: Partial<RuleSettings> = {}) =>
  ruleSet({ on: [id], ...change }).checks.find(({ check }) => check.id === id);

/** Checks that are always on and need nothing but reports. */
const always = checks.filter((check) => check.always && !check.needs).map(({ id }) => id);

describe('the checks of a run', () => {
  it('are those that are always on, without any framework', () => {
    expect(idsOf().sort()).toEqual(always);
    expect(always).toEqual(
      expect.arrayContaining(['root-certificate', 'additional-credentials', 'root-key-mfa']),
    );
    expect(always).not.toContain('two-active-keys');
  });

  it('are also those that a chosen framework asks for', () => {
    expect(idsOf({ frameworks: ['cis-v5.0'] })).toEqual(
      expect.arrayContaining([...always, 'two-active-keys', 'key-at-setup']),
    );
    expect(idsOf({ frameworks: ['fsbp'] })).toContain('unused-90-days');
    expect(idsOf({ frameworks: ['fsbp'] })).not.toContain('two-active-keys');
  });

  it('are also those that the environment turns on, and not those that it turns off', () => {
    expect(idsOf({ on: ['password-age'] })).toContain('password-age');
    expect(idsOf({ frameworks: ['cis-v5.0'], off: ['key-at-setup'] })).not.toContain('key-at-setup');
    expect(idsOf({ off: ['root-mfa'] })).not.toContain('root-mfa');
    expect(idsOf({ on: ['password-age'], off: ['password-age'] })).not.toContain('password-age');
  });

  it('do not need what is not collected', () => {
    const inRun = (serviceCredentials: boolean, on: string[] = []) =>
      ruleSetOf({ ...defaultSettings.checks, frameworks: [], on }, 'aws', { serviceCredentials }).checks.map(
        ({ check }) => check.id,
      );
    const needing = checks.filter(({ needs }) => needs === 'serviceCredentials').map(({ id }) => id);
    expect(needing).toContain('old-service-credential');
    expect(inRun(true)).toEqual(expect.arrayContaining(needing));
    expect(inRun(false, needing).filter((id) => needing.includes(id))).toEqual([]);
  });

  it('come in the order of severity, then of the IDs', () => {
    const ids = idsOf({ severities: { 'additional-credentials': 'critical', 'root-mfa': 'low' } });
    expect(ids).toEqual([
      'additional-credentials',
      'root-access-key',
      'root-key-mfa',
      'console-mfa',
      'root-certificate',
      'root-row-missing',
      'key-rotation-90-days',
      'root-recent-use',
      'unused-45-days',
      'root-mfa',
    ]);
  });

  it('have the severity of the environment, or their own', () => {
    expect(one('two-active-keys')?.severity).toBe('low');
    expect(one('two-active-keys', { severities: { 'two-active-keys': 'high' } })?.severity).toBe('high');
  });

  it('name the controls that they assess, framework by framework in the order of the environment', () => {
    const frameworks = ['security-hub', 'cis-v7.0', 'unheard-of', 'cis-v5.0'];
    expect(one('unused-45-days', { frameworks })?.controls).toEqual([
      'Security Hub IAM.22',
      'CIS v7.0 2.11',
      'CIS v5.0 1.11',
    ]);
    expect(ruleSet({ frameworks }).frameworks.map(({ id }) => id)).toEqual([
      'security-hub',
      'cis-v7.0',
      'cis-v5.0',
    ]);
    expect(one('iam-user', { frameworks })?.controls).toEqual([]);
  });

  it.each<[string, Partial<RuleSettings>, boolean]>([
    ['unused-45-days', { unusedDays: 45 }, false],
    ['unused-45-days', { unusedDays: 46 }, true],
    ['unused-45-days', { machines: { unusedDays: 46 } }, true],
    ['unused-45-days', { longUnusedDays: 999 }, false],
    ['unused-90-days', { longUnusedDays: 90 }, false],
    ['unused-90-days', { longUnusedDays: 91 }, true],
    ['key-rotation-90-days', { rotationDays: 91 }, true],
    ['key-at-setup', { freshKeyDays: 2 }, true],
    // No framework names a number of days.
    ['root-recent-use', { rootUnusedDays: 3650 }, false],
    ['password-age', { passwordDays: 3650 }, false],
    ['never-used', { neverUsedDays: 3650 }, false],
    ['old-certificate', { certificateDays: 3650 }, false],
    ['root-mfa', { unusedDays: 3650 }, false],
  ])('assess no control when they accept more than the benchmarks: %s with %j', (id, change, isLooser) => {
    const found = one(id, { frameworks: ['cis-v5.0', 'security-hub'], ...change });
    expect(found?.isLooser).toBe(isLooser);
    if (isLooser) expect(found?.controls).toEqual([]);
  });

  it('keep their rules, by ID, and what they are judged by', () => {
    const { rules, context } = ruleSet({ unusedDays: 30, machines: { unusedDays: 40 }, off: ['root-mfa'] });
    expect(Object.keys(rules).sort()).toEqual(always.filter((id) => id !== 'root-mfa'));
    expect(rules['unused-45-days']).toEqual({ unusedDays: 30, 'machines.unusedDays': 40 });
    expect(rules['root-row-missing']).toEqual({});
    expect(context).toMatchObject({
      partition: 'aws',
      machines: { unusedDays: 40 },
      thresholds: { unusedDays: 30, rotationDays: 90 },
    });
  });
});
