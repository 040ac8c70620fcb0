/** What the peers and this project judge alike: each question with the checks that answer it. */
import type { ReportColumn } from '../../../handlers/credential-report/report-columns';

export const PEERS = ['prowler', 'custodian', 'powerpipe', 'security-hub'] as const;
export type Peer = (typeof PEERS)[number];

/** `none`: no result for the row. `ended`: the check ended with an error and says nothing about the whole account. */
export type Result = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'none' | 'ended';

export interface Question {
  /** The first of `ours`, which names it. */
  readonly id: string;
  /** Checks of this project; the worst result counts. */
  readonly ours: readonly string[];
  /** Checks of each peer; the worst result counts. Absent if it has none. */
  readonly theirs: Readonly<Partial<Record<Peer, readonly string[]>>>;
  /** Columns that decide it. */
  readonly flags: readonly ReportColumn[];
  readonly dates: readonly ReportColumn[];
}

const KEYS_ACTIVE = ['access_key_1_active', 'access_key_2_active'] as const;
const KEYS_USED = ['access_key_1_last_used_date', 'access_key_2_last_used_date'] as const;
const KEYS_CREATED = ['access_key_1_last_rotated', 'access_key_2_last_rotated'] as const;

export const questions: readonly Question[] = [
  {
    id: 'root-access-key',
    ours: ['root-access-key'],
    theirs: {
      prowler: ['iam_no_root_access_key'],
      custodian: ['root-access-key'],
      powerpipe: ['iam_root_user_no_access_keys'],
      'security-hub': ['IAM.4'],
    },
    flags: ['password_enabled', ...KEYS_ACTIVE],
    dates: [],
  },
  {
    id: 'root-mfa',
    ours: ['root-mfa', 'root-key-mfa'],
    theirs: {
      prowler: ['iam_root_mfa_enabled'],
      custodian: ['root-mfa'],
      powerpipe: ['iam_root_user_mfa_enabled'],
      'security-hub': ['IAM.9'],
    },
    flags: ['password_enabled', 'mfa_active', ...KEYS_ACTIVE],
    dates: [],
  },
  {
    id: 'root-recent-use',
    ours: ['root-recent-use'],
    theirs: {
      prowler: ['iam_avoid_root_usage'],
      custodian: ['root-recent-use'],
      powerpipe: ['iam_root_last_used'],
    },
    flags: [],
    dates: ['password_last_used', ...KEYS_USED],
  },
  {
    id: 'console-mfa',
    ours: ['console-mfa'],
    theirs: {
      prowler: ['iam_user_mfa_enabled_console_access'],
      custodian: ['console-mfa'],
      powerpipe: ['iam_user_console_access_mfa_enabled'],
      'security-hub': ['IAM.5'],
    },
    flags: ['password_enabled', 'mfa_active'],
    dates: [],
  },
  {
    id: 'key-at-setup',
    ours: ['key-at-setup'],
    theirs: {
      prowler: ['iam_user_no_setup_initial_access_key'],
      custodian: ['key-at-setup'],
      powerpipe: ['iam_user_access_keys_and_password_at_setup'],
    },
    flags: ['password_enabled', ...KEYS_ACTIVE],
    dates: [...KEYS_USED, ...KEYS_CREATED],
  },
  {
    id: 'unused-45-days',
    ours: ['unused-45-days'],
    theirs: {
      prowler: ['iam_user_accesskey_unused', 'iam_user_console_access_unused'],
      custodian: ['unused-45-days'],
      powerpipe: ['iam_user_unused_credentials_45'],
      'security-hub': ['IAM.22'],
    },
    flags: ['password_enabled', ...KEYS_ACTIVE],
    dates: ['password_last_used', 'password_last_changed', ...KEYS_USED, ...KEYS_CREATED],
  },
  {
    id: 'unused-90-days',
    ours: ['unused-90-days'],
    theirs: {
      custodian: ['unused-90-days'],
      powerpipe: ['iam_user_unused_credentials_90'],
      'security-hub': ['IAM.8'],
    },
    flags: ['password_enabled', ...KEYS_ACTIVE],
    dates: ['password_last_used', 'password_last_changed', ...KEYS_USED, ...KEYS_CREATED],
  },
  {
    id: 'user-mfa',
    ours: ['user-mfa'],
    theirs: {
      custodian: ['user-mfa'],
      powerpipe: ['iam_user_mfa_enabled'],
      'security-hub': ['IAM.19'],
    },
    flags: ['mfa_active'],
    dates: [],
  },
  {
    id: 'two-active-keys',
    ours: ['two-active-keys'],
    theirs: {
      prowler: ['iam_user_two_active_access_key'],
      custodian: ['two-active-keys'],
      powerpipe: ['iam_user_one_active_key'],
    },
    flags: KEYS_ACTIVE,
    dates: [],
  },
  {
    id: 'key-rotation-90-days',
    ours: ['key-rotation-90-days'],
    theirs: {
      prowler: ['iam_rotate_access_key_90_days'],
      custodian: ['key-rotation-90-days'],
      powerpipe: ['iam_user_access_key_age_90'],
      'security-hub': ['IAM.3'],
    },
    flags: KEYS_ACTIVE,
    dates: KEYS_CREATED,
  },
];

/** Results, the worst first. */
const WORST_FIRST: readonly Result[] = ['ended', 'fail', 'unknown', 'pass', 'not-applicable', 'none'];

export const worst = (results: readonly (Result | undefined)[]): Result =>
  WORST_FIRST.find((result) => results.includes(result)) ?? 'none';

/** Whether a user of both would be told different things. No finding is no difference, whatever it is called. */
export function differ(ours: Result, theirs: Result): boolean {
  switch (theirs) {
    case 'ended':
      return ours !== 'none';
    case 'none':
      return ours !== 'none' && ours !== 'not-applicable';
    case 'pass':
    case 'not-applicable':
      return ours === 'fail' || ours === 'unknown';
    default:
      return ours !== theirs;
  }
}
