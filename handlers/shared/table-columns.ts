import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../credential-report/report-columns';

/**
 * Columns of the tables. Athena finds them by position, in the tables of all days alike: new ones go to the end of their
 * table, and none is moved, renamed or removed.
 */
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
    'owner',
    'ou_names',
  ],
  findings: [
    'account_id',
    'account_name',
    'ou_path',
    'generated_at',
    'user',
    'arn',
    'check',
    'severity',
    // Of the chosen frameworks, such as `CIS v7.0 2.5; CIS v5.0 1.4`.
    'controls',
    // fail, unknown or exempt
    'status',
    'new',
    'reason',
    // password, access-key, certificate or service-specific; empty if the finding is not about one credential.
    'credential',
    'slot',
    'age_days',
    'created_at',
    'last_used_at',
    'last_used_region',
    'last_used_service',
    'exemption_reason',
    'exemption_expires',
    'exemption_approved_by',
    'exemption_ticket',
    // The start of the run: ages in `reason` are counted from it.
    'ages_counted_from',
    'collected_by',
    'owner',
    'ou_names',
  ],
  changes: ['change', 'account_id', 'account_name', 'user', 'check', 'credential', 'detail', 'owner'],
  controls: [
    'framework',
    'control',
    'checks',
    // true if the control asks for more than its checks can see
    'partial',
    // not-met, undecided, met, not-applicable or not-assessed
    'status',
    'accounts_met',
    'accounts_exempt',
    'accounts_not_met',
    'accounts_undecided',
    // Account IDs, separated by spaces.
    'not_met_in',
    'undecided_in',
  ],
  /** Only of runs that list service-specific credentials. */
  service_credentials: [
    'account_id',
    'account_name',
    'ou_path',
    'user',
    // Empty if the user was created after the report was generated.
    'arn',
    'service',
    'credential_id',
    // Active, Inactive or Expired; unknown in the one row of an account whose credentials are not known.
    'status',
    'created_at',
    // Empty if it does not expire.
    'expires_at',
    'age_days',
    'alias',
    'ages_counted_from',
    'collected_by',
    'owner',
    'ou_names',
  ],
} as const;

export type TableName = keyof typeof tableColumns;
/** The tables of every run. */
export const tableNames = ['credentials', 'findings', 'changes', 'controls'] as const satisfies TableName[];

/** The tables of a run that lists service-specific credentials, or of one that does not. */
export const tableNamesWith = (serviceCredentials: boolean): readonly TableName[] =>
  serviceCredentials ? [...tableNames, 'service_credentials'] : tableNames;
