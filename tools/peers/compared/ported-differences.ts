/** Of the peers that are ported: see `powerpipe.ts` and `security-hub.ts`. */
import * as cells from './cells';
import type { Explanation } from './differences';

const MOD = 'https://hub.powerpipe.io/mods/turbot/aws_compliance';
const CIS = 'CIS AWS Foundations Benchmark v5.0';
const CONTROLS = 'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html';

const powerpipe: readonly Omit<Explanation, 'peer'>[] = [
  {
    id: 'powerpipe-root-as-user',
    ours: ['none'],
    theirs: ['fail'],
    when: cells.isRoot,
    here: 'The checks of users leave out the root user',
    there: 'The root user is judged like a user for MFA and keys at setup',
    right: `Here: the ${CIS} asks this of IAM users`,
    source: MOD,
  },
  {
    id: 'powerpipe-key-at-setup',
    questions: ['key-at-setup'],
    ours: ['fail', 'pass', 'not-applicable'],
    theirs: ['fail', 'pass'],
    when: cells.hasPassword,
    here: 'An active key of a console user that was never used fails',
    there: 'Key 1 fails if it was made less than 10 seconds after the user, or before it, used or not',
    right: `Here: the ${CIS} looks for keys that were never used`,
    source: MOD,
  },
  {
    id: 'powerpipe-unused-strictly',
    questions: ['unused-45-days', 'unused-90-days'],
    ours: ['fail'],
    theirs: ['pass'],
    when: (pair) =>
      cells
        .activeOf(pair)
        .some(
          ({ used, created = 0 }) => (used ?? created) === (pair.question.id === 'unused-90-days' ? 90 : 45),
        ),
    here: 'Unused for exactly 45 (90) days fails',
    there: 'Passes while the last use is on the day 45 (90) days ago, which begins at midnight',
    right: `Here: the ${CIS} says "45 days or more"`,
    source: MOD,
  },
  {
    id: 'powerpipe-rotation-at-90',
    questions: ['key-rotation-90-days'],
    ours: ['pass'],
    theirs: ['fail'],
    when: (pair) => cells.activeKeys(pair).some(({ created }) => created === 90),
    here: 'A key of 90 days passes',
    there: 'Fails if it was made before the midnight with which the 90th day ago began',
    right: `Here: the ${CIS} says that keys are rotated every 90 days or less`,
    source: MOD,
  },
  {
    id: 'powerpipe-undated',
    ours: ['unknown'],
    theirs: ['pass'],
    when: cells.isUndated,
    here: 'An active credential without a date is `unknown`',
    there: 'It is not before any date, and so ok',
    right: 'Here: missing data is not a pass',
    source: MOD,
  },
  {
    id: 'powerpipe-root-inactive-keys',
    questions: ['root-access-key'],
    ours: ['pass'],
    theirs: ['fail'],
    when: (pair) => cells.keysOf(pair).some(({ isActive, created }) => !isActive && created !== undefined),
    here: 'Active keys fail',
    there: 'Every key fails, active or not: the number comes from the account summary',
    right: `Here for the ${CIS}, which looks at active keys; to delete inactive keys is better still`,
    source: MOD,
  },
  {
    id: 'powerpipe-root-mfa',
    questions: ['root-mfa'],
    ours: ['pass', 'not-applicable'],
    theirs: ['fail'],
    when: (pair) => cells.isGovCloud(pair) || !cells.hasPassword(pair),
    here: 'A root user without a password passes, and the check does not apply in AWS GovCloud (US)',
    there: 'Fails whenever MFA is not active',
    right: `Here from v5.0 of the benchmark on`,
    source: MOD,
  },
  {
    id: 'powerpipe-root-old-key',
    questions: ['root-recent-use'],
    ours: ['pass'],
    theirs: ['fail'],
    when: (pair) => cells.keysOf(pair).some(({ used = 0 }) => used >= 90),
    here: 'The root user was not used for 30 days',
    there: 'A key that was last used 90 or **more** days ago fails: the comparison points the other way',
    right: 'Here',
    source: MOD,
  },
  {
    id: 'powerpipe-root-90-days',
    questions: ['root-recent-use'],
    ours: ['pass'],
    theirs: ['fail'],
    when: (pair) => (cells.passwordOf(pair).used ?? 999) <= 90,
    here: 'Fails when the root user was used less than `rootUnusedDays` (30) days ago',
    there: 'Fails when the password was used within 90 days',
    right: 'Neither: CIS asks to review the use and names no number',
    source: MOD,
  },
  {
    id: 'powerpipe-root-key-use',
    questions: ['root-recent-use'],
    ours: ['fail'],
    theirs: ['pass'],
    when: (pair) => cells.keysOf(pair).some(({ used = 999 }) => used < 30),
    here: 'Recent use of a key fails',
    there: 'Passes: the comparison of keys points the other way',
    right: 'Here: whoever used the key used the root user',
    source: MOD,
  },
];

const securityHub: readonly Omit<Explanation, 'peer'>[] = [
  {
    id: 'security-hub-root-inactive-keys',
    questions: ['root-access-key'],
    ours: ['pass'],
    theirs: ['fail'],
    when: (pair) => cells.keysOf(pair).some(({ isActive, created }) => !isActive && created !== undefined),
    here: 'Active keys fail',
    there: 'IAM.4 fails when a key exists, active or not',
    right: `Here for the ${CIS}, which looks at active keys; to delete inactive keys is better still`,
    source: CONTROLS,
  },
];

export const portedDifferences: readonly Explanation[] = [
  ...powerpipe.map((reason) => ({ ...reason, peer: 'powerpipe' as const })),
  ...securityHub.map((reason) => ({ ...reason, peer: 'security-hub' as const })),
];
