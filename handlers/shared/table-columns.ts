import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../credential-report/credential-row';

/** Columns of the tables. Athena finds them by position, so new ones must go to the end. */
export const tableColumns = {
  credentials: [
    'account_id',
    'account_name',
    'ou_path',
    'generated_at',
    ...REPORT_COLUMNS,
    // Not in every report.
    ADDITIONAL_COLUMN,
    // Not always the run of the table: an account that fails keeps the report of an earlier run of the day.
    'collected_by',
  ],
  findings: [
    'account_id',
    'account_name',
    'ou_path',
    'generated_at',
    'user',
    'arn',
    'check',
    'cis_v3_0',
    'cis_v5_0',
    'status',
    'new',
    'reason',
    'exemption_reason',
    'exemption_expires',
    // The start of the run: ages in `reason` are counted from it.
    'ages_counted_from',
    'collected_by',
    'exemption_approved_by',
    'exemption_ticket',
  ],
  changes: ['change', 'account_id', 'account_name', 'user', 'check', 'detail'],
} as const;

export type TableName = keyof typeof tableColumns;
export const tableNames = ['credentials', 'findings', 'changes'] as const satisfies TableName[];
