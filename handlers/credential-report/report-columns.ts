/** The columns of a credential report: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */

/** The columns of every report, in IAM's order. */
export const REPORT_COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** Documented, but not in every report. */
export const ADDITIONAL_COLUMN = 'additional_credentials_info';
