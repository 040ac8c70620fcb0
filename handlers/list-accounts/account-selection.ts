import type { Account } from '@aws-sdk/client-organizations';
import { InvalidInput } from '../shared/validation';
import type { AccountSelection } from '../shared/events';
import type { LedgerAccount } from '../shared/run-files';

/**
 * Turns an account of the organization into its line in the ledger: expected, or skipped and why.
 *
 * AWS Organizations retires `Status` in favor of `State`
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html);
 * an answer without either is not taken for an active account.
 */
export function ledgerAccount(account: Account, selection: AccountSelection): LedgerAccount {
  const state = account.State ?? account.Status ?? 'UNKNOWN';
  const [path] = account.Paths ?? [];
  const entry = { id: account.Id ?? '', name: account.Name ?? '', state, ...(path && { path }) };
  const skip = state === 'ACTIVE' ? exclusion(entry, selection) : state;
  return skip ? { ...entry, skip } : entry;
}

function exclusion({ id, path }: LedgerAccount, selection: AccountSelection): string | undefined {
  if (selection.exclude.includes(id)) return 'excluded account';
  if (selection.includeOus.length + selection.excludeOus.length === 0) return undefined;
  if (path === undefined) {
    throw new InvalidInput(
      `AWS Organizations did not say in which organizational unit account ${id} is: includeOus and excludeOus cannot be obeyed`,
    );
  }
  const units = path.split('/');
  if (selection.excludeOus.some((ou) => units.includes(ou))) return 'excluded organizational unit';
  const included = selection.includeOus.length === 0 || selection.includeOus.some((ou) => units.includes(ou));
  return included ? undefined : 'organizational unit not included';
}
