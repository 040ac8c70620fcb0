import type { AccountIdentity } from './reconcile';
import { ROOT_USER } from '../credential-report/credential-row';
import type { EarlierManifest } from '../summarize-run/history/earlier-run';
import type { Changes, ManifestAccount } from './manifest';
import { type AccountSnapshot, checkOf, isExempt } from '../summarize-run/history/snapshot';

/** What is different about one account. */
export interface AccountChanges {
  newFindings: UserFinding[];
  resolvedFindings: UserFinding[];
  usersAdded: string[];
  usersRemoved: string[];
}

export interface UserFinding {
  user: string;
  check: string;
}

/**
 * Compares an account with what was known of it. Access keys have no identity between two reports, so that a
 * finding is a user and a check.
 * @param before - nothing if the account was never seen: then all of it is new
 */
export function changesOf(before: AccountSnapshot | undefined, now: AccountSnapshot): AccountChanges {
  const was = new Map(before?.users.map(([user, ...marks]) => [user, marks]));
  const is = new Map(now.users.map(([user, ...marks]) => [user, marks]));
  const isUser = (user: string) => user !== ROOT_USER;
  return {
    // What was exempt and is so no more asks for somebody's attention anew.
    newFindings: now.users.flatMap(([user, ...marks]) =>
      marks
        .filter((mark) => !isExempt(mark) && !was.get(user)?.includes(mark))
        .map((check) => ({ user, check })),
    ),
    resolvedFindings: (before?.users ?? []).flatMap(([user, ...marks]) => {
      const still = is.get(user)?.map(checkOf) ?? [];
      return marks
        .map(checkOf)
        .filter((check) => !still.includes(check))
        .map((check) => ({ user, check }));
    }),
    usersAdded: [...is.keys()].filter((user) => !was.has(user) && isUser(user)),
    usersRemoved: [...was.keys()].filter((user) => !is.has(user) && isUser(user)),
  };
}

/** Accounts that are expected now and were not, and the other way round. */
export function accountChanges(
  before: Pick<EarlierManifest, 'accounts'>,
  now: readonly (AccountIdentity & { outcome: ManifestAccount['outcome'] })[],
): Pick<Changes, 'accountsAdded' | 'accountsRemoved'> {
  const was = new Map(before.accounts.map((account) => [account.id, account]));
  const is = new Map(now.map((account) => [account.id, account]));
  const expected = (account?: { outcome: ManifestAccount['outcome'] }) =>
    account !== undefined && account.outcome !== 'skipped';
  return {
    accountsAdded: now
      .filter((account) => expected(account) && !expected(was.get(account.id)))
      .map(({ id, name }) => ({
        id,
        name,
        why: was.has(id) ? 'was skipped' : 'is new in the organization',
      })),
    accountsRemoved: before.accounts
      .filter((account) => expected(account) && !expected(is.get(account.id)))
      .map(({ id, name }) => ({
        id,
        name,
        why: is.has(id) ? 'is skipped' : 'is not in the organization any more',
      })),
  };
}
