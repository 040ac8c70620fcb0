export interface NamedQuery {
  readonly name: string;
  readonly description: string;
  readonly query: string;
}

/**
 * Dates are in UTC, like those of the runs. Until today's run has ended there are no rows for today, which does not mean
 * that all is well: run the first query to tell.
 */
const TODAY = 'day = cast(current_date AS varchar)';
/** Excludes header lines that Athena did not skip. */
const NO_HEADER = "account_id <> 'account_id'";

/** Questions that auditors ask. Every column is text, and true and false may be in upper or lower case. */
export const namedQueries: readonly NamedQuery[] = [
  {
    name: 'accounts-of-today',
    description:
      'Accounts whose report was collected today, with its number of rows. No result: the run has not ended',
    query: `SELECT account_id, account_name, ou_path, generated_at, count(*) AS rows_of_report
FROM credentials
WHERE ${TODAY} AND ${NO_HEADER}
GROUP BY account_id, account_name, ou_path, generated_at
ORDER BY account_id`,
  },
  {
    name: 'users-without-mfa',
    description: 'Users who sign in to the console without MFA',
    query: `SELECT account_id, account_name, "user", password_last_used
FROM credentials
WHERE ${TODAY} AND ${NO_HEADER}
  AND "user" <> '<root_account>'
  AND lower(password_enabled) = 'true'
  AND lower(mfa_active) <> 'true'
ORDER BY account_id, "user"`,
  },
  {
    name: 'keys-over-90-days',
    description: 'Active access keys that are older than 90 days, or whose age is unknown',
    query: `SELECT account_id, account_name, "user", slot, last_rotated,
  date_diff('day', try(from_iso8601_timestamp(last_rotated)), current_timestamp) AS age_in_days
FROM credentials
CROSS JOIN UNNEST(
  ARRAY[1, 2],
  ARRAY[access_key_1_active, access_key_2_active],
  ARRAY[access_key_1_last_rotated, access_key_2_last_rotated]
) AS access_keys (slot, active, last_rotated)
WHERE ${TODAY} AND ${NO_HEADER}
  AND lower(active) = 'true'
  AND coalesce(date_diff('day', try(from_iso8601_timestamp(last_rotated)), current_timestamp) > 90, true)
ORDER BY age_in_days DESC`,
  },
  {
    name: 'changes-since-yesterday',
    description:
      'New and resolved findings, and users and accounts added and removed, since the last earlier day',
    query: `SELECT change, account_id, account_name, "user", "check", detail
FROM changes
WHERE ${TODAY} AND ${NO_HEADER}
ORDER BY change, account_id, "user"`,
  },
  {
    name: 'findings-of-today',
    description: 'Every finding that is not exempt, the worst severity first, then new ones',
    query: `SELECT severity, account_id, account_name, "user", "check", credential, slot, status, reason, "new"
FROM findings
WHERE ${TODAY} AND ${NO_HEADER} AND status <> 'exempt'
ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], severity), "new" DESC, account_id, "user"`,
  },
  {
    name: 'controls-of-today',
    description: 'Every control of the chosen frameworks, with the number of accounts',
    query: `SELECT framework, control, status, accounts_not_met, accounts_undecided, accounts_exempt, accounts_met, checks
FROM controls
WHERE ${TODAY} AND framework <> 'framework'
ORDER BY framework, control`,
  },
];
