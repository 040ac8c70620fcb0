/**
 * What the controls of Turbot's AWS compliance mod for Powerpipe ask for, as its published queries read. They run in
 * PostgreSQL, on tables that Steampipe fills from live APIs, so they are not run here. A day there begins at midnight UTC:
 * an age in days counts from the last midnight. https://hub.powerpipe.io/mods/turbot/aws_compliance
 */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import type { Result } from './questions';

const DAY = 86_400_000;

/** Undefined for a row that the control does not report. */
export type Oracle = (row: Row, now: number) => Result | undefined;

const isRoot = ({ user }: Row) => user === '<root_account>';
const on = (row: Row, column: string) => row[column] === 'true';
const time = (row: Row, column: string): number | undefined => {
  const date = Date.parse(row[column] ?? '');
  return Number.isNaN(date) ? undefined : date;
};
/** `current_date - interval 'N' day`. */
const daysBefore = (now: number, days: number) => Math.floor(now / DAY) * DAY - days * DAY;
const alarm = (isAlarm: boolean): Result => (isAlarm ? 'fail' : 'pass');
const slots = [1, 2] as const;

const ofRoot =
  (judge: (row: Row, now: number) => boolean): Oracle =>
  (row, now) =>
    isRoot(row) ? alarm(judge(row, now)) : undefined;
const ofEveryRow =
  (judge: (row: Row, now: number) => boolean): Oracle =>
  (row, now) =>
    alarm(judge(row, now));

/** `info` for the root user, which is neither an alarm nor ok. */
const unusedFor =
  (days: number): Oracle =>
  (row, now) => {
    if (isRoot(row)) return undefined;
    const limit = daysBefore(now, days);
    const unused = (active: string, used: string, created: string) => {
      const since = time(row, used) ?? time(row, created);
      return on(row, active) && since !== undefined && since < limit;
    };
    return alarm(
      unused('password_enabled', 'password_last_used', 'password_last_changed') ||
        slots.some((slot) =>
          unused(
            `access_key_${slot}_active`,
            `access_key_${slot}_last_used_date`,
            `access_key_${slot}_last_rotated`,
          ),
        ),
    );
  };

export const powerpipe: Readonly<Record<string, Oracle>> = {
  // From the account summary, which counts keys whether they are active or not.
  iam_root_user_no_access_keys: ofRoot((row) =>
    slots.some(
      (slot) =>
        on(row, `access_key_${slot}_active`) || time(row, `access_key_${slot}_last_rotated`) !== undefined,
    ),
  ),
  // From the account summary.
  iam_root_user_mfa_enabled: ofRoot((row) => !on(row, 'mfa_active')),
  iam_root_last_used: ofRoot((row, now) => {
    const start = daysBefore(now, 90);
    const password = time(row, 'password_last_used');
    const keys = slots.map((slot) => time(row, `access_key_${slot}_last_used_date`));
    // The keys' comparison points the other way.
    return (
      (password !== undefined && password >= start) ||
      keys.some((used) => used !== undefined && used <= start)
    );
  }),
  iam_user_console_access_mfa_enabled: ofEveryRow(
    (row) => on(row, 'password_enabled') && !on(row, 'mfa_active'),
  ),
  iam_user_access_keys_and_password_at_setup: ofEveryRow((row) => {
    const created = time(row, 'access_key_1_last_rotated');
    const user = time(row, 'user_creation_time');
    return (
      on(row, 'password_enabled') && created !== undefined && user !== undefined && created - user < 10_000
    );
  }),
  iam_user_unused_credentials_45: unusedFor(45),
  iam_user_unused_credentials_90: unusedFor(90),
  iam_user_mfa_enabled: ofEveryRow((row) => !on(row, 'mfa_active')),
  iam_user_one_active_key: (row) =>
    isRoot(row) ? undefined : alarm(slots.every((slot) => on(row, `access_key_${slot}_active`))),
  // One result for each key; the worst counts here. Inactive keys are skipped.
  iam_user_access_key_age_90: (row, now) => {
    const created = slots
      .filter((slot) => on(row, `access_key_${slot}_active`))
      .map((slot) => time(row, `access_key_${slot}_last_rotated`));
    if (isRoot(row) || created.length === 0) return undefined;
    return alarm(created.some((date) => date !== undefined && date <= daysBefore(now, 90)));
  },
};
