import type { Account } from '@aws-sdk/client-organizations';
import type { AccountSelection } from '../shared/events';
import type { LedgerAccount } from '../shared/run-files';
import { InvalidInput } from '../shared/validation';

/**
 * Turns an account of the organization into its ledger entry: expected, or skipped with a reason.
 *
 * AWS Organizations replaces `Status` with `State`
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html). An account
 * without either does not count as active.
 */
export function ledgerAccount(
  account: Account,
  selection: AccountSelection,
  collectingAccount: string,
): LedgerAccount {
  const state = account.State ?? account.Status ?? 'UNKNOWN';
  const [path] = account.Paths ?? [];
  const entry = { id: account.Id ?? '', name: account.Name ?? '', state, ...(path && { path }) };
  const skip = state === 'ACTIVE' ? exclusion(entry, forAccount(entry, selection, collectingAccount)) : state;
  return skip ? { ...entry, skip } : entry;
}

/** The account that collects need not be below an included unit: nothing else has to include it. */
function forAccount({ id }: LedgerAccount, selection: AccountSelection, collectingAccount: string) {
  const isIncluded = selection.includeCollectingAccount === true && id === collectingAccount;
  return isIncluded ? { ...selection, includeOus: [] } : selection;
}

/** Why the environment excludes an account; nothing if it does not. */
function exclusion({ id, path }: LedgerAccount, selection: AccountSelection): string | undefined {
  if (selection.exclude.includes(id)) return 'excluded account';
  if (selection.includeOus.length + selection.excludeOus.length === 0) return undefined;
  if (path === undefined) {
    throw new InvalidInput(
      `AWS Organizations did not return the organizational unit of account ${id}, so includeOus and excludeOus cannot be applied`,
    );
  }
  const units = path.split('/');
  if (selection.excludeOus.some((ou) => units.includes(ou))) return 'excluded organizational unit';
  const included = selection.includeOus.length === 0 || selection.includeOus.some((ou) => units.includes(ou));
  return included ? undefined : 'organizational unit not included';
}
