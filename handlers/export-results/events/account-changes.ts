/** What changed in each account, read from the table `changes.csv` of a run. */
import { parse } from 'csv-parse/sync';
import { type Severity, severities } from '../../checks/check';
import { plainCell } from '../../shared/plain-cell';
import { tableColumns } from '../../shared/table-columns';
import type { AccountFindingsChanged } from './event-details';

type Row = Record<(typeof tableColumns.changes)[number], string>;
export type ChangedFinding = AccountFindingsChanged['findings'][number];

/** An account with new or resolved findings. */
export interface AccountChange {
  id: string;
  name: string;
  /** Null if it has none, or if it is not known. */
  owner: string | null;
  /** New findings, then resolved ones, the worst first. */
  findings: ChangedFinding[];
}

const CHANGES: Readonly<Record<string, ChangedFinding['change']>> = {
  'finding-new': 'new',
  'finding-resolved': 'resolved',
};

/**
 * The accounts with new or resolved findings, in the order of the table.
 * @param table - `changes.csv`
 * @param severityOf - by the ID of the check; nothing if the check is not one of the run
 * @throws {@link TypeError} if the table names a check that the run does not have
 */
export function accountChanges(
  table: string | Uint8Array,
  severityOf: (check: string) => Severity | undefined,
): AccountChange[] {
  const rows: Row[] = parse(Buffer.from(table), { columns: true });
  const accounts = new Map<string, AccountChange>();
  for (const { change: kind, account_id: id, account_name: name, owner, ...row } of rows) {
    const change = CHANGES[kind];
    if (change === undefined) continue;
    const severity = severityOf(row.check);
    if (severity === undefined)
      throw new TypeError(`changes.csv names ${row.check}, which is no check of the run`);
    const account = accounts.get(id) ?? {
      id,
      name: plainCell(name),
      owner: owner === '' ? null : plainCell(owner),
      findings: [],
    };
    accounts.set(id, account);
    account.findings.push({
      change,
      user: plainCell(row.user),
      check: row.check,
      severity,
      credential: row.credential,
    });
  }
  for (const { findings } of accounts.values()) findings.sort(byImportance);
  return [...accounts.values()];
}

const KINDS: readonly string[] = ['new', 'resolved'];
const byImportance = (one: ChangedFinding, other: ChangedFinding) =>
  KINDS.indexOf(one.change) - KINDS.indexOf(other.change) ||
  severities.indexOf(one.severity) - severities.indexOf(other.severity);
