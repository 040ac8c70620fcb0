/** Rows for the checks, as IAM writes them for a run that starts at `START`. */
import type { CheckContext, CheckResult, RowCheck, Verdicts } from '../../handlers/checks/check';
import { CredentialRow, type ReportTimes, ROOT_USER } from '../../handlers/credential-report/credential-row';
import {
  ADDITIONAL_COLUMN,
  REPORT_COLUMNS,
  type ReportColumn,
} from '../../handlers/credential-report/report-columns';
import { resultOf, verdictsOf } from '../../handlers/core/judge';

export const START = Date.parse('2026-11-22T08:00:00Z');
/** A report that was made a minute after the run started. */
export const TIMES: ReportTimes = { startedAt: START, madeAt: START + 60_000 };
export const CONTEXT: CheckContext = {
  thresholds: {
    unusedDays: 45,
    longUnusedDays: 90,
    neverUsedDays: 30,
    freshKeyDays: 1,
    rotationDays: 90,
    passwordDays: 90,
    certificateDays: 90,
    rootUnusedDays: 30,
    serviceCredentialDays: 90,
  },
  machines: {},
  partition: 'aws',
};

export type Cells = Partial<Record<ReportColumn | typeof ADDITIONAL_COLUMN, string>>;

/** A date whose age at the start of the run is that number of days: it is another hour before. */
export function days(age: number): string {
  return new Date(START - age * 86_400_000 - 3_600_000).toISOString().replace('.000Z', 'Z');
}

const noCredentials: Cells = {
  ...Object.fromEntries(REPORT_COLUMNS.map((column) => [column, 'N/A'])),
  user_creation_time: days(1000),
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_2_active: 'false',
  cert_1_active: 'false',
  cert_2_active: 'false',
};

export const user: Cells = { ...noCredentials, user: 'ada', arn: 'arn:aws:iam::123456789012:user/ada' };
export const root: Cells = {
  ...noCredentials,
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

/** An active key that was created and last used that many days ago. */
export function key(slot: 1 | 2, created: number, used: number | 'never'): Cells {
  return {
    [`access_key_${slot}_active`]: 'true',
    [`access_key_${slot}_last_rotated`]: days(created),
    [`access_key_${slot}_last_used_date`]: used === 'never' ? 'N/A' : days(used),
  };
}

/** A key that was deactivated; reports keep its dates. */
export const inactiveKey = (slot: 1 | 2): Cells => ({
  ...key(slot, 900, 800),
  [`access_key_${slot}_active`]: 'false',
});

/** An active certificate that was uploaded that many days ago. */
export const certificate = (slot: 1 | 2, created: number): Cells => ({
  [`cert_${slot}_active`]: 'true',
  [`cert_${slot}_last_rotated`]: days(created),
});

export const inactiveCertificate = (slot: 1 | 2): Cells => ({
  ...certificate(slot, 900),
  [`cert_${slot}_active`]: 'false',
});

export function rowOf(cells: Cells, times = TIMES): CredentialRow {
  return new CredentialRow((column) => cells[column as keyof Cells] ?? '', times);
}

/** What a check says about a row. */
export interface Judgment {
  /** The result of the row: that of the worst of its credentials. */
  readonly result: CheckResult;
  /** Why, for each credential or for the row. */
  readonly reasons: readonly string[];
  readonly verdicts: Verdicts;
}

export function judge(check: RowCheck, cells: Cells, context = CONTEXT): Judgment {
  const verdicts = verdictsOf(check, rowOf(cells), context);
  return { result: resultOf(verdicts), reasons: verdicts.map(({ reason }) => reason), verdicts };
}

/** The same context with other thresholds. */
export const withThresholds = (thresholds: Partial<CheckContext['thresholds']>): CheckContext => ({
  ...CONTEXT,
  thresholds: { ...CONTEXT.thresholds, ...thresholds },
});

/** A test case of a check: its name, the cells and the expected result. */
export type Case = [name: string, cells: Cells, result: CheckResult];
