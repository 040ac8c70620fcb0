/** Rows for the checks, as IAM would write them in a run that starts at `START`. */
import type { Check, CheckContext, Verdict } from '../../handlers/checks/check';
import {
  CredentialRow,
  REPORT_COLUMNS,
  type ReportColumn,
  ROOT_USER,
} from '../../handlers/credential-report/credential-row';
import { verdict } from '../../handlers/core/evaluate';

export const START = Date.parse('2026-11-22T08:00:00Z');
export const CONTEXT: CheckContext = {
  thresholds: { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30 },
};

export type Cells = Partial<Record<ReportColumn, string>>;

/** A date that many days before the start of the run, and an hour, so that the age is that number of days. */
export function days(age: number): string {
  return new Date(START - age * 86_400_000 - 3_600_000).toISOString().replace('.000Z', 'Z');
}

const nothing: Cells = {
  ...Object.fromEntries(REPORT_COLUMNS.map((column) => [column, 'N/A'])),
  user_creation_time: days(1000),
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_2_active: 'false',
  cert_1_active: 'false',
  cert_2_active: 'false',
};

export const user: Cells = { ...nothing, user: 'ada', arn: 'arn:aws:iam::123456789012:user/ada' };
export const root: Cells = {
  ...nothing,
  user: ROOT_USER,
  arn: 'arn:aws:iam::123456789012:root',
  password_next_rotation: 'not_supported',
};
export const consoleUser: Cells = {
  ...user,
  password_enabled: 'true',
  password_last_used: days(1),
  password_last_changed: days(500),
  mfa_active: 'true',
};

/** An active key that was made and last used that many days ago. */
export function key(slot: 1 | 2, made: number, used: number | 'never'): Cells {
  return {
    [`access_key_${slot}_active`]: 'true',
    [`access_key_${slot}_last_rotated`]: days(made),
    [`access_key_${slot}_last_used_date`]: used === 'never' ? 'N/A' : days(used),
  };
}

/** A key that was made inactive; live reports keep its dates. */
export const inactiveKey = (slot: 1 | 2): Cells => ({
  ...key(slot, 900, 800),
  [`access_key_${slot}_active`]: 'false',
});

export function rowOf(cells: Cells): CredentialRow {
  return new CredentialRow((column) => cells[column as ReportColumn] ?? '', START);
}

export function judge(check: Check, cells: Cells, context = CONTEXT): Verdict {
  return verdict(check, rowOf(cells), context);
}

/** A case of a check: what it is about, the cells, the result. */
export type Case = [about: string, cells: Cells, result: Verdict['result']];
