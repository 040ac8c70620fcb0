import { frameworks } from '../../../handlers/frameworks';
import { type Framework, controlsOf } from '../../../handlers/frameworks/framework';
import { isoThemes, nist800171Families, socSeries, standards } from './standards';

const framework = (id: string): Framework => frameworks.find((one) => one.id === id)!;
const idsOf = (id: string, check: string) => controlsOf(framework(id), check).map((control) => control.id);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('the controls of a framework', () => {
  test.each(Object.keys(standards))('%s names only controls that the standard has', (id) => {
    expect(framework(id).controls.filter((control) => !standards[id]!.ids.has(control.id))).toEqual([]);
  });

  test('every framework has the numbers of its standard in standards.ts', () => {
    expect(frameworks.filter(({ id }) => !standards[id]).map(({ id }) => id)).toEqual([]);
  });

  test.each([
    ['pci-dss-v4.0.1', '8.3.9.1'],
    ['pci-dss-v4.0.1', '8.3.10.1.1'],
    ['pci-dss-v4.0.1', '8.3.12'],
    ['nist-800-53-r5', 'AC-2(10)'],
    ['nist-800-53-r5', 'AC-3(16)'],
    ['nist-800-53-r5', 'IA-2(3)'],
    ['nist-800-53-r5', 'AC-2(g)'],
    ['nist-800-171-r2', '3.5.12'],
    ['iso-27001-2022', 'A.5.38'],
    ['iso-27001-2022', 'A.9.2.3'],
    ['soc-2', 'CC6.9'],
    ['hipaa', '164.308(a)(3)(ii)(D)'],
    ['fsbp', 'IAM.9'],
    ['security-hub', 'IAM.20'],
    ['cis-v7.0', '2.1'],
    ['cis-v5.0', '1.22'],
    ['cis-v6.0', '1.4'],
    ['fedramp-low-r4', 'AC-2(3)'],
    ['fedramp-moderate-r4', 'AC-2(f)'],
  ])('the lists refuse numbers that are too deep, withdrawn, or of another version: %s %s', (id, control) => {
    expect(standards[id]!.ids.has(control)).toBe(false);
  });

  test('the lists are as long as the standards', () => {
    expect([sum(nist800171Families), sum(isoThemes), sum(socSeries)]).toEqual([110, 93, 33]);
  });
});

/** The numbers of the recommendations, as in the benchmarks. */
test.each([
  ['root-access-key', ['1.4', '1.4', '1.3', '2.3', '2.4']],
  ['root-mfa', ['1.5', '1.5', '1.4', '2.4', '2.5']],
  ['root-recent-use', ['1.7', '1.7', '1.6', '2.6', '2.7']],
  ['console-mfa', ['1.10', '1.10', '1.9', '2.9', '2.10']],
  ['key-at-setup', ['1.11', '1.11', '1.10', '2.10', undefined]],
  ['unused-45-days', ['1.12', '1.12', '1.11', '2.11', '2.11']],
  ['two-active-keys', ['1.13', '1.13', '1.12', '2.12', undefined]],
  ['key-rotation-90-days', ['1.14', '1.14', '1.13', '2.13', '2.12']],
  ['central-root-access', [undefined, undefined, undefined, undefined, '2.1.1']],
])('%s has its number in each version of the CIS benchmark', (check, numbers) => {
  const versions = ['cis-v3.0', 'cis-v4.0.1', 'cis-v5.0', 'cis-v6.0', 'cis-v7.0'];
  expect(versions.map((id) => idsOf(id, check)[0])).toEqual(numbers);
});

/** "Related requirements" of the controls in the documentation of Security Hub. */
test.each([
  ['IAM.3', '1.14', '1.13'],
  ['IAM.4', '1.4', '1.3'],
  ['IAM.5', '1.10', '1.9'],
  ['IAM.9', '1.5', '1.4'],
  ['IAM.22', '1.12', '1.11'],
])('the CIS numbers agree with those that Security Hub gives for %s', (control, v3, v5) => {
  const { checks } = framework('security-hub').controls.find(({ id }) => id === control)!;
  const numbers = (id: string) => [...new Set(checks.flatMap((check) => idsOf(id, check)))];
  expect([numbers('cis-v3.0'), numbers('cis-v5.0')]).toEqual([[v3], [v5]]);
});

test('up to v4.0.1 CIS asks every root user for MFA, and since v5.0 those that have a password', () => {
  const checksOf = (id: string) => controlsOf(framework(id), 'root-mfa').map(({ checks }) => checks);
  const all = ['root-key-mfa', 'root-mfa', 'root-mfa-without-credentials'];
  expect(['cis-v3.0', 'cis-v4.0.1', 'cis-v5.0', 'cis-v6.0', 'cis-v7.0'].map(checksOf)).toEqual([
    [all],
    [all],
    [['root-mfa']],
    [['root-mfa']],
    [['root-mfa']],
  ]);
});

test('whichever framework asks the root user for MFA asks it of one with an access key too, but for CIS since v5.0', () => {
  const without = frameworks.flatMap(({ id, controls }) =>
    controls.some(({ checks }) => checks.includes('root-mfa') && !checks.includes('root-key-mfa'))
      ? [id]
      : [],
  );
  expect(without).toEqual(['cis-v5.0', 'cis-v6.0', 'cis-v7.0']);
});

test('no check claims hardware MFA, which a credential report does not show', () => {
  const hardware = [
    ['cis-v3.0', '1.6'],
    ['cis-v4.0.1', '1.6'],
    ['cis-v5.0', '1.5'],
    ['cis-v6.0', '2.5'],
    ['cis-v7.0', '2.6'],
    ['fsbp', 'IAM.6'],
    ['security-hub', 'IAM.6'],
  ] as const;
  const claimed = hardware.filter(([id, control]) =>
    framework(id).controls.some((one) => one.id === control),
  );
  expect(claimed).toEqual([]);
});

test('45 days and 90 days are different controls', () => {
  const securityHub = Object.fromEntries(
    framework('security-hub').controls.map(({ id, checks }) => [id, checks]),
  );
  expect([securityHub['IAM.8'], securityHub['IAM.22']]).toEqual([['unused-90-days'], ['unused-45-days']]);
});

test.each([
  'fedramp-low-r4',
  'fedramp-moderate-r4',
  'hipaa',
  'iso-27001-2022',
  'nist-800-171-r2',
  'nist-800-53-r5',
  'pci-dss-v4.0.1',
  'soc-2',
])('%s asks for more than a report shows, and says so for every control', (id) => {
  expect(framework(id).controls.filter(({ partial }) => !partial)).toEqual([]);
});
