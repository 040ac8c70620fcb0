import { ROOT_USER } from '../credential-report/credential-row';
import type { Changes, Manifest, ManifestAccount } from './manifest';
import type { AccountIdentity } from './reconcile';
import { type AccountSnapshot, checkOf, isExempt } from './snapshot';

/** What changed in one account. */
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

/** The part of an earlier manifest that is kept in memory: a whole one can have 50,000 accounts. */
export type EarlierManifest = Pick<Manifest, 'date' | 'execution' | 'startedAt'> & {
  accounts: Pick<ManifestAccount, 'id' | 'name' | 'outcome'>[];
};

/**
 * Compares an account with its previous snapshot. Access keys cannot be identified across reports, so a finding is a user
 * and a check.
 * @param before - undefined if the account was never collected: then everything is new
 */
export function changesOf(before: AccountSnapshot | undefined, after: AccountSnapshot): AccountChanges {
  const usersBefore = new Map(before?.users.map(([user, ...findingKeys]) => [user, findingKeys]));
  const usersAfter = new Map(after.users.map(([user, ...findingKeys]) => [user, findingKeys]));
  const isUser = (user: string) => user !== ROOT_USER;
  return {
    // A finding whose exemption has ended needs attention again, so it counts as new.
    newFindings: after.users.flatMap(([user, ...findingKeys]) =>
      findingKeys
        .filter((key) => !isExempt(key) && !usersBefore.get(user)?.includes(key))
        .map((check) => ({ user, check })),
    ),
    resolvedFindings: (before?.users ?? []).flatMap(([user, ...findingKeys]) => {
      const remaining = usersAfter.get(user)?.map(checkOf);
      return findingKeys
        .map(checkOf)
        .filter((check) => !remaining?.includes(check))
        .map((check) => ({ user, check }));
    }),
    usersAdded: [...usersAfter.keys()].filter((user) => !usersBefore.has(user) && isUser(user)),
    usersRemoved: [...usersBefore.keys()].filter((user) => !usersAfter.has(user) && isUser(user)),
  };
}

/** Accounts that are expected now and were not in the earlier run, and vice versa. */
export function accountChanges(
  before: Pick<EarlierManifest, 'accounts'>,
  after: readonly (AccountIdentity & { outcome: ManifestAccount['outcome'] })[],
): Pick<Changes, 'accountsAdded' | 'accountsRemoved'> {
  const accountsBefore = new Map(before.accounts.map((account) => [account.id, account]));
  const accountsAfter = new Map(after.map((account) => [account.id, account]));
  const isExpected = (account?: { outcome: ManifestAccount['outcome'] }) =>
    account !== undefined && account.outcome !== 'skipped';
  return {
    accountsAdded: after
      .filter((account) => isExpected(account) && !isExpected(accountsBefore.get(account.id)))
      .map(({ id, name }) => ({
        id,
        name,
        why: accountsBefore.has(id) ? 'was skipped before' : 'is new in the organization',
      })),
    accountsRemoved: before.accounts
      .filter((account) => isExpected(account) && !isExpected(accountsAfter.get(account.id)))
      .map(({ id, name }) => ({
        id,
        name,
        why: accountsAfter.has(id) ? 'is skipped now' : 'has left the organization',
      })),
  };
}
