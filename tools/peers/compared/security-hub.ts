/**
 * What AWS documents of the controls of AWS Security Hub, and of the AWS Config rules that they use. Where the documents say
 * nothing, there is no result: whether a credential that was never used counts (IAM.22), for example.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html
 */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import type { Oracle } from './powerpipe';
import type { Result } from './questions';

const DAY = 86_400_000;
const slots = [1, 2] as const;
const isRoot = ({ user }: Row) => user === '<root_account>';
const on = (row: Row, column: string) => row[column] === 'true';
const failed = (isFailed: boolean): Result => (isFailed ? 'fail' : 'pass');
const age = (row: Row, column: string, now: number): number | undefined => {
  const date = Date.parse(row[column] ?? '');
  return Number.isNaN(date) ? undefined : (now - date) / DAY;
};
const activeKeys = (row: Row) => slots.filter((slot) => on(row, `access_key_${slot}_active`));
const partition = ({ arn = '' }: Row) => arn.split(':')[1];

/** iam-user-unused-credentials-check */
const unusedFor =
  (limit: number): Oracle =>
  (row, now) => {
    if (isRoot(row)) return undefined;
    const used = [
      ...(on(row, 'password_enabled') ? [age(row, 'password_last_used', now)] : []),
      ...activeKeys(row).map((slot) => age(row, `access_key_${slot}_last_used_date`, now)),
    ];
    if (used.some((days) => days !== undefined && days >= limit)) return 'fail';
    return used.includes(undefined) ? undefined : 'pass';
  };

export const securityHub: Readonly<Record<string, Oracle>> = {
  // iam-root-access-key-check: no access key exists, active or not.
  'IAM.4': (row) =>
    isRoot(row)
      ? failed(
          slots.some(
            (slot) =>
              on(row, `access_key_${slot}_active`) || row[`access_key_${slot}_last_rotated`] !== 'N/A',
          ),
        )
      : undefined,
  // root-account-mfa-enabled: not applicable without credentials of the root user; not offered in GovCloud and China.
  'IAM.9': (row) => {
    if (!isRoot(row) || partition(row) !== 'aws') return undefined;
    if (!on(row, 'password_enabled') && activeKeys(row).length === 0) return 'not-applicable';
    return failed(!on(row, 'mfa_active'));
  },
  // mfa-enabled-for-iam-console-access
  'IAM.5': (row) => (isRoot(row) ? undefined : failed(on(row, 'password_enabled') && !on(row, 'mfa_active'))),
  'IAM.22': unusedFor(45),
  'IAM.8': unusedFor(90),
  // iam-user-mfa-enabled
  'IAM.19': (row) => (isRoot(row) ? undefined : failed(!on(row, 'mfa_active'))),
  // access-keys-rotated with 90 days: "within", so not after them. Nothing is said of the hours of the last day.
  'IAM.3': (row, now) => {
    if (isRoot(row)) return undefined;
    const ages = activeKeys(row).map((slot) => age(row, `access_key_${slot}_last_rotated`, now));
    if (ages.some((days) => days !== undefined && days >= 91)) return 'fail';
    return ages.every((days) => days !== undefined && days <= 90) ? 'pass' : undefined;
  },
};
