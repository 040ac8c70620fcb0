/** Columns that IAM writes today, in its order. Not the list of the reader: both would share its mistakes. */
export const COLUMNS = [
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

/** Documented; live reports do not have it yet. */
export const ADDITIONAL_COLUMN = 'additional_credentials_info';

/** Cells of a row by column. */
export type Row = Record<string, string>;

export const passwordCells = (lastUsed: string, lastChanged: string, mfa: boolean): Row => ({
  password_enabled: 'true',
  password_last_used: lastUsed,
  password_last_changed: lastChanged,
  mfa_active: String(mfa),
});

export const accessKeyCells = (slot: 1 | 2, active: boolean, created: string, lastUsed: string): Row => ({
  [`access_key_${slot}_active`]: String(active),
  [`access_key_${slot}_last_rotated`]: created,
  [`access_key_${slot}_last_used_date`]: lastUsed,
  [`access_key_${slot}_last_used_region`]: lastUsed === 'N/A' ? 'N/A' : 'us-east-1',
  [`access_key_${slot}_last_used_service`]: lastUsed === 'N/A' ? 'N/A' : 's3',
});

export const certificateCells = (slot: 1 | 2, active: boolean, uploaded: string): Row => ({
  [`cert_${slot}_active`]: String(active),
  [`cert_${slot}_last_rotated`]: uploaded,
});

/** A user without credentials. */
export const noCredentials: Row = {
  password_enabled: 'false',
  password_last_used: 'N/A',
  password_last_changed: 'N/A',
  password_next_rotation: 'N/A',
  mfa_active: 'false',
  ...accessKeyCells(1, false, 'N/A', 'N/A'),
  ...accessKeyCells(2, false, 'N/A', 'N/A'),
  ...certificateCells(1, false, 'N/A'),
  ...certificateCells(2, false, 'N/A'),
};
