/**
 * The golden table: rows as IAM writes them, and by hand what every check says of them and which controls of each framework
 * are not met by an account that has this row. Both sides of every boundary, every kind of cell that cannot be read.
 */
import type { MachineThresholds } from '../../../../handlers/checks/check';
import {
  type Cells,
  certificate,
  consoleUser,
  days,
  inactiveCertificate,
  inactiveKey,
  key,
  root,
  user,
} from '../../../support/rows';

/** Frameworks whose controls the rows name, in this order. */
export const goldenFrameworks = [
  'cis-v3.0',
  'cis-v4.0.1',
  'cis-v5.0',
  'cis-v6.0',
  'cis-v7.0',
  'fsbp',
  'security-hub',
  'pci-dss-v4.0.1',
] as const;
type Each<Item> = readonly [Item, Item, Item, Item, Item, Item, Item, Item];

/** Results by check: `fail: a b, unknown: c`. What is not named is as in the base. */
type Results = string;
/** Controls that are not met, and after a `?` those that are undecided. Others are met, or not assessed. */
type Controls = Each<string>;

export interface GoldenRow {
  readonly name: string;
  readonly base: keyof typeof bases;
  readonly cells: Cells;
  readonly results: Results;
  readonly controls: Controls;
  readonly machines?: MachineThresholds;
}

/** Somebody who signs in with MFA and did so yesterday; the password is a month old. */
const person: Cells = { ...consoleUser, password_last_changed: days(30) };
/** A program with an access key that is a month old and was used yesterday. */
const machine: Cells = { ...user, ...key(1, 30, 1) };
/** A root user with a password and MFA, who signed in long ago. */
export const goodRoot: Cells = {
  ...root,
  password_enabled: 'true',
  password_last_used: days(200),
  password_last_changed: days(800),
  mfa_active: 'true',
};

/** What all checks say of these four, by hand. Others do not apply. */
export const bases = {
  person: {
    pass: 'active-certificate console-and-keys console-mfa never-used no-credentials password-age unused-45-days unused-90-days user-mfa',
    fail: 'iam-user',
    'not-applicable':
      'additional-credentials key-at-setup key-rotation-90-days old-certificate two-active-keys',
  },
  machine: {
    pass: 'active-certificate key-rotation-90-days never-used no-credentials two-active-keys unused-45-days unused-90-days',
    fail: 'iam-user user-mfa',
    'not-applicable':
      'additional-credentials console-and-keys console-mfa key-at-setup old-certificate password-age',
  },
  nobody: {
    pass: 'active-certificate',
    fail: 'iam-user no-credentials user-mfa',
    'not-applicable':
      'additional-credentials console-and-keys console-mfa key-at-setup key-rotation-90-days never-used old-certificate password-age two-active-keys unused-45-days unused-90-days',
  },
  root: {
    pass: 'root-access-key root-certificate root-mfa root-recent-use',
    'not-applicable': 'additional-credentials root-key-mfa root-mfa-without-credentials',
  },
} as const;

/** Every version of CIS numbers these controls in another way. */
const cis = (v3: string, v5: string, v6: string, v7: string) => [v3, v3, v5, v6, v7] as const;
const MET = cis('', '', '', '');
const CONSOLE_MFA = cis('1.10', '1.9', '2.9', '2.10');
const AT_SETUP = cis('1.11', '1.10', '2.10', '');
const UNUSED = cis('1.12', '1.11', '2.11', '2.11');
const TWO_KEYS = cis('1.13', '1.12', '2.12', '');
const ROTATION = cis('1.14', '1.13', '2.13', '2.12');

type Rest = [fsbp: string, securityHub: string, pci: string];
type Five = readonly [string, string, string, string, string];
const both = (...lists: Five[]): Five =>
  [0, 1, 2, 3, 4].map((index) => lists.flatMap((list) => list[index] ?? []).filter(Boolean).join(' ')) as unknown as Five;
const rowOf =
  (base: GoldenRow['base'], common: Cells) =>
  (name: string, cells: Cells, results: Results, ofCis: Five, ...rest: Rest): GoldenRow => ({
    name,
    base,
    cells: { ...common, ...cells },
    results,
    controls: [...ofCis, ...rest],
  });
const aPerson = rowOf('person', person);
const aMachine = rowOf('machine', machine);
const nobody = rowOf('nobody', user);
const aRoot = rowOf('root', goodRoot);
const unsure = (list: Five): Five =>
  list.map((ids) => ids.replaceAll(/\S+/g, '?$&')) as unknown as Five;

const password = (changed: number, used: number | 'never' = 'never'): Cells => ({
  password_last_changed: days(changed),
  password_last_used: used === 'never' ? 'no_information' : days(used),
});
const NO_PASSWORD: Cells = {
  password_enabled: 'false',
  password_last_used: 'N/A',
  password_last_changed: 'N/A',
  mfa_active: 'false',
};
const WITHOUT_MFA = 'IAM.19';
const SH_ROTATION = 'IAM.3 IAM.19';
const PCI_ROTATION = '8.3.9 8.3.10.1 8.4.2 8.6.3';

// prettier-ignore
export const userRows: readonly GoldenRow[] = [
  nobody('no credentials', {}, '', MET, '', WITHOUT_MFA, '8.4.2'),
  nobody('an inactive key', inactiveKey(1), '', MET, '', WITHOUT_MFA, '8.4.2'),
  nobody('an inactive certificate', inactiveCertificate(2), '', MET, '', WITHOUT_MFA, '8.4.2'),
  nobody('MFA alone', { mfa_active: 'true' }, 'pass: user-mfa', MET, '', '', ''),

  aPerson('a password with MFA', {}, '', MET, '', '', ''),
  aPerson('in upper case', { password_enabled: 'TRUE', mfa_active: 'TRUE' }, '', MET, '', '', ''),
  aPerson('no MFA', { mfa_active: 'false' }, 'fail: console-mfa user-mfa', CONSOLE_MFA, 'IAM.5', 'IAM.5 IAM.19', '8.4.2'),
  aPerson('no MFA, in upper case', { mfa_active: 'FALSE' }, 'fail: console-mfa user-mfa', CONSOLE_MFA, 'IAM.5', 'IAM.5 IAM.19', '8.4.2'),
  aPerson('used 44 days ago', password(80, 44), '', MET, '', '', ''),
  aPerson('used 45 days ago', password(80, 45), 'fail: unused-45-days', UNUSED, '', 'IAM.22', ''),
  aPerson('used 89 days ago', password(90, 89), 'fail: unused-45-days', UNUSED, '', 'IAM.22', ''),
  aPerson('used 90 days ago', password(90, 90), 'fail: unused-45-days unused-90-days', UNUSED, 'IAM.8', 'IAM.8 IAM.22', '8.2.6'),
  aPerson('90 days old', password(90, 1), '', MET, '', '', ''),
  aPerson('91 days old', password(91, 1), 'fail: password-age', MET, '', '', ''),
  aPerson('never used in 29 days', password(29), '', MET, '', '', ''),
  aPerson('never used in 30 days', password(30), 'fail: never-used', MET, '', '', ''),
  aPerson('never used in 44 days', password(44), 'fail: never-used', MET, '', '', ''),
  aPerson('never used in 45 days', password(45), 'fail: never-used unused-45-days', UNUSED, '', 'IAM.22', ''),
  aPerson('never used in 90 days', password(90), 'fail: never-used unused-45-days unused-90-days', UNUSED, 'IAM.8', 'IAM.8 IAM.22', '8.2.6'),
  aPerson('a key of today that was never used', key(1, 0, 'never'), 'fail: console-and-keys, pass: key-rotation-90-days two-active-keys', MET, '', '', ''),
  aPerson('a key of yesterday that was never used', key(2, 1, 'never'), 'fail: console-and-keys key-at-setup, pass: key-rotation-90-days two-active-keys', AT_SETUP, '', '', ''),
  aPerson('a key that is used', key(1, 30, 1), 'fail: console-and-keys, pass: key-at-setup key-rotation-90-days two-active-keys', MET, '', '', ''),
  aPerson('an inactive key beside a password', inactiveKey(1), '', MET, '', '', ''),
  aPerson('a certificate', certificate(1, 90), 'fail: active-certificate, pass: old-certificate', MET, '', '', ''),
  aPerson('an old certificate', certificate(2, 91), 'fail: active-certificate old-certificate', MET, '', '', ''),
  aPerson('further credentials', { additional_credentials_info: '1 access key' }, 'unknown: additional-credentials', unsure(both(AT_SETUP, UNUSED, TWO_KEYS, ROTATION)), '?IAM.3 ?IAM.8', '?IAM.3 ?IAM.8 ?IAM.22', '?8.2.6 ?8.3.9 ?8.3.10.1 ?8.6.3'),
  aPerson('a report that says there are none', { additional_credentials_info: 'N/A' }, 'pass: additional-credentials', MET, '', '', ''),

  aMachine('a key', {}, '', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('a key with dates of an older report', { access_key_1_last_rotated: days(30).replace('Z', '+00:00') }, '', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('a key that is 90 days old', key(1, 90, 1), '', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('a key that is 91 days old', key(1, 91, 1), 'fail: key-rotation-90-days', ROTATION, 'IAM.3', SH_ROTATION, PCI_ROTATION),
  aMachine('a key used 44 days ago', key(1, 80, 44), '', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('a key used 45 days ago', key(1, 80, 45), 'fail: unused-45-days', UNUSED, '', 'IAM.19 IAM.22', '8.4.2'),
  aMachine('a key used 90 days ago', key(1, 90, 90), 'fail: unused-45-days unused-90-days', UNUSED, 'IAM.8', 'IAM.8 IAM.19 IAM.22', '8.2.6 8.4.2'),
  aMachine('a key never used in 30 days', key(1, 30, 'never'), 'fail: never-used', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('two keys', key(2, 30, 1), 'fail: two-active-keys', TWO_KEYS, '', WITHOUT_MFA, '8.4.2'),
  aMachine('an active and an inactive key', inactiveKey(2), '', MET, '', WITHOUT_MFA, '8.4.2'),
  aMachine('two keys, one old', key(2, 91, 1), 'fail: key-rotation-90-days two-active-keys', both(TWO_KEYS, ROTATION), 'IAM.3', SH_ROTATION, PCI_ROTATION),
  { ...aMachine('a key used 29 days ago, where machines have 30', key(1, 80, 29), '', MET, '', WITHOUT_MFA, '8.4.2'), machines: { unusedDays: 30 } },
  { ...aMachine('a key used 30 days ago, where machines have 30', key(1, 80, 30), 'fail: unused-45-days', UNUSED, '', 'IAM.19 IAM.22', '8.4.2'), machines: { unusedDays: 30 } },
  { ...aPerson('a password used 30 days ago, where machines have 30', password(80, 30), '', MET, '', '', ''), machines: { unusedDays: 30 } },
  // Looser than the benchmarks: nothing is said about their controls.
  { ...aMachine('a key used 60 days ago, where machines have 60', key(1, 80, 60), 'fail: unused-45-days', MET, '', WITHOUT_MFA, '8.4.2'), machines: { unusedDays: 60 } },
  { ...aPerson('a password used 45 days ago, where machines have 60', password(80, 45), 'fail: unused-45-days', MET, '', '', ''), machines: { unusedDays: 60 } },

  aPerson('mfa_active is empty', { mfa_active: '' }, 'unknown: console-mfa user-mfa', unsure(CONSOLE_MFA), '?IAM.5', '?IAM.5 ?IAM.19', '?8.4.2'),
  aPerson('mfa_active is N/A', { mfa_active: 'N/A' }, 'unknown: console-mfa user-mfa', unsure(CONSOLE_MFA), '?IAM.5', '?IAM.5 ?IAM.19', '?8.4.2'),
  aPerson('a date that does not exist', { password_last_used: '2026-09-31T00:00:00Z' }, 'unknown: never-used unused-45-days unused-90-days', unsure(UNUSED), '?IAM.8', '?IAM.8 ?IAM.22', '?8.2.6'),
  aPerson('a date in the future', { password_last_used: '2027-01-01T00:00:00Z' }, 'unknown: never-used unused-45-days unused-90-days', unsure(UNUSED), '?IAM.8', '?IAM.8 ?IAM.22', '?8.2.6'),
  aPerson('a password without a date', { password_last_changed: 'N/A' }, 'unknown: password-age', MET, '', '', ''),
  aMachine('a key without a date', { access_key_1_last_rotated: 'N/A' }, 'unknown: key-rotation-90-days', unsure(ROTATION), '?IAM.3', '?IAM.3 IAM.19', '?8.3.9 ?8.3.10.1 8.4.2 ?8.6.3'),
  aMachine('an unreadable flag beside an old key', { ...key(1, 91, 1), access_key_2_active: 'maybe' }, 'fail: key-rotation-90-days, unknown: never-used two-active-keys unused-45-days unused-90-days', both(unsure(UNUSED), unsure(TWO_KEYS), ROTATION), 'IAM.3 ?IAM.8', 'IAM.3 ?IAM.8 IAM.19 ?IAM.22', '?8.2.6 8.3.9 8.3.10.1 8.4.2 8.6.3'),
];

const ROOT_KEY = cis('1.4', '1.3', '2.3', '2.4');
const ROOT_USE = cis('1.7', '1.6', '2.6', '2.7');
const ROOT_MFA = cis('1.5', '1.4', '2.4', '2.5');
/** Since v5.0, CIS passes a root user without a password. */
const ROOT_MFA_BEFORE_V5 = cis('1.5', '', '', '');
const GOV_CLOUD: Cells = { ...NO_PASSWORD, arn: 'arn:aws-us-gov:iam::123456789012:root' };

// prettier-ignore
export const rootRows: readonly GoldenRow[] = [
  aRoot('a password with MFA', {}, '', MET, '', '', ''),
  aRoot('a password without MFA', { mfa_active: 'false' }, 'fail: root-mfa', ROOT_MFA, '', 'IAM.9', '8.4.2'),
  aRoot('in upper case', { password_enabled: 'TRUE', mfa_active: 'FALSE' }, 'fail: root-mfa', ROOT_MFA, '', 'IAM.9', '8.4.2'),
  aRoot('no credentials', NO_PASSWORD, 'fail: root-mfa-without-credentials', ROOT_MFA_BEFORE_V5, '', '', ''),
  aRoot('a password that older reports do not show', { password_enabled: 'not_supported', password_last_changed: 'not_supported', mfa_active: 'false' }, 'fail: root-mfa', ROOT_MFA, '', 'IAM.9', '8.4.2'),
  aRoot('a key without password and MFA', { ...NO_PASSWORD, ...key(1, 800, 'never') }, 'fail: root-access-key root-key-mfa', both(ROOT_KEY, ROOT_MFA_BEFORE_V5), 'IAM.4', 'IAM.4 IAM.9', '8.4.2'),
  aRoot('a key with MFA', key(2, 800, 700), 'fail: root-access-key', ROOT_KEY, 'IAM.4', 'IAM.4', ''),
  aRoot('an inactive key', inactiveKey(1), '', MET, '', '', ''),
  aRoot('used 29 days ago', { password_last_used: days(29) }, 'fail: root-recent-use', ROOT_USE, '', '', ''),
  aRoot('used 30 days ago', { password_last_used: days(30) }, '', MET, '', '', ''),
  aRoot('an inactive key that was used 29 days ago', { ...inactiveKey(2), access_key_2_last_used_date: days(29) }, 'fail: root-recent-use', ROOT_USE, '', '', ''),
  aRoot('a certificate', certificate(1, 5), 'fail: root-certificate', MET, '', '', ''),
  aRoot('an inactive certificate', inactiveCertificate(1), '', MET, '', '', ''),
  aRoot('further credentials', { additional_credentials_info: '1 access key' }, 'unknown: additional-credentials', unsure(both(ROOT_KEY, ROOT_USE)), '?IAM.4', '?IAM.4', ''),
  aRoot('further credentials without password and MFA', { ...NO_PASSWORD, additional_credentials_info: '1 access key' }, 'unknown: additional-credentials root-key-mfa, fail: root-mfa-without-credentials', both(unsure(ROOT_KEY), ROOT_MFA_BEFORE_V5, unsure(ROOT_USE)), '?IAM.4', '?IAM.4 ?IAM.9', '?8.4.2'),
  aRoot('AWS GovCloud (US)', GOV_CLOUD, 'not-applicable: root-mfa', MET, '', '', ''),
  aRoot('AWS GovCloud (US), as older reports write it', { ...GOV_CLOUD, password_enabled: 'not_supported' }, 'not-applicable: root-mfa', MET, '', '', ''),
  aRoot('mfa_active is empty', { mfa_active: '' }, 'unknown: root-key-mfa root-mfa root-mfa-without-credentials', unsure(ROOT_MFA), '', '?IAM.9', '?8.4.2'),
  aRoot('a key flag that cannot be read', { access_key_1_active: '' }, 'unknown: root-access-key', unsure(ROOT_KEY), '?IAM.4', '?IAM.4', ''),
  aRoot('a last use that cannot be read', { password_last_used: 'yesterday' }, 'unknown: root-recent-use', unsure(ROOT_USE), '', '', ''),
];

/** An account whose report has no row for the root user, by partition. */
export const withoutRootRow: Readonly<Record<string, Controls>> = {
  aws: [...unsure(both(ROOT_KEY, ROOT_MFA, ROOT_USE)), '?IAM.4', '?IAM.4 ?IAM.9', '?8.4.2'],
  'aws-us-gov': [...unsure(both(ROOT_KEY, ROOT_MFA, ROOT_USE)), '?IAM.4', '?IAM.4 ?IAM.9', '?8.4.2'],
  'aws-cn': [...MET, '', '', ''],
};
