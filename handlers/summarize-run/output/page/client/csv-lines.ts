/** What the page saves of what it shows. */
import { csvLine } from '../../../../shared/csv-line';
import type { PageAccount, PageData } from '../data/page-data';
import type { SearchRow } from './search';

const FINDING_COLUMNS =
  'account_id,account_name,ou,owner,user,arn,check,severity,status,unknown,reason,acceptance'.split(',');
const ACCOUNT_COLUMNS = 'account_id,account_name,ou,owner,outcome,users,findings'.split(',');

export const findingLines = (rows: readonly SearchRow[], users: PageData['users']): string[] => [
  csvLine(FINDING_COLUMNS),
  ...rows.map(({ account, user, check, severity, status, finding }) =>
    csvLine([
      account.id,
      account.name,
      account.unit,
      account.owner,
      user,
      users[finding.user]?.arn ?? '',
      check.id,
      severity,
      status,
      String(finding.isUnknown),
      finding.reason,
      finding.acceptance,
    ]),
  ),
];

export const accountLines = (accounts: readonly PageAccount[]): string[] => [
  csvLine(ACCOUNT_COLUMNS),
  ...accounts.map(({ id, name, unit, owner, outcome, users, findings }) =>
    csvLine([id, name, unit, owner, outcome, users ?? null, findings ?? null]),
  ),
];
