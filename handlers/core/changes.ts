import { ROOT_USER } from '../credential-report/credential-row';
import { ORGANIZATION } from './judge';
import type { Changes, Manifest, ManifestAccount } from './manifest';
import type { AccountIdentity } from './reconcile';
import { type Rules, isSameRule, ruleOf } from './rules';
import {
  type AccountSnapshot,
  type ComparedFinding,
  comparedFinding,
  isExempt,
  keyOfFinding,
} from './snapshot';

/** What changed in one account. Only findings that are not exempt count as open. */
export interface AccountChanges {
  /** Open now, and not before. */
  newFindings: ComparedFinding[];
  /** The same, but the rule of the check is another one, so that nobody knows whether the credential changed. */
  appearedFindings: ComparedFinding[];
  /** Open before, and gone. */
  resolvedFindings: ComparedFinding[];
  /** The same, but the rule of the check is another one. */
  disappearedFindings: ComparedFinding[];
  /** Open before, and exempt now. */
  exemptedFindings: ComparedFinding[];
  /** Exempt before, and gone although the rule is the same: the exemption is not needed any more. */
  resolvedExemptFindings: ComparedFinding[];
  usersAdded: string[];
  usersRemoved: string[];
}

/** The part of an earlier manifest that is kept in memory: a whole one can have 50,000 accounts. */
export type EarlierManifest = Pick<Manifest, 'date' | 'execution' | 'startedAt'> & {
  accounts: Pick<ManifestAccount, 'id' | 'name' | 'outcome'>[];
};

/**
 * Compares an account with its previous snapshot, finding by finding. Whether a finding exists can depend on the rule;
 * whether it is exempt cannot.
 * @param before - undefined if the account was never collected: then everything is new
 * @param rulesBefore - the rules that `before` was judged by
 */
export function changesOf(
  before: AccountSnapshot | undefined,
  after: AccountSnapshot,
  rulesBefore: Rules,
  rulesAfter: Rules,
): AccountChanges {
  const usersBefore = new Map(before?.users.map(([user, ...findingKeys]) => [user, findingKeys]));
  const usersAfter = new Map(after.users.map(([user, ...findingKeys]) => [user, findingKeys]));
  const changes: AccountChanges = {
    newFindings: [],
    appearedFindings: [],
    resolvedFindings: [],
    disappearedFindings: [],
    exemptedFindings: [],
    resolvedExemptFindings: [],
    usersAdded: [...usersAfter.keys()].filter((user) => !usersBefore.has(user) && isUser(user)),
    usersRemoved: [...usersBefore.keys()].filter((user) => !usersAfter.has(user) && isUser(user)),
  };
  const isOtherRule = (check: string) =>
    before !== undefined && !isSameRule(ruleOf(rulesBefore, check), ruleOf(rulesAfter, check));
  for (const [user, findingKeys] of usersAfter)
    for (const key of findingKeys) {
      const finding = comparedFinding(user, key);
      const state = stateOf(usersBefore.get(user), key);
      if (isExempt(key)) {
        if (state === 'open') changes.exemptedFindings.push(finding);
      } else if (state === 'none' && isOtherRule(finding.check)) changes.appearedFindings.push(finding);
      // A finding whose exemption has ended needs attention again.
      else if (state !== 'open') changes.newFindings.push(finding);
    }
  for (const [user, findingKeys] of usersBefore)
    for (const key of findingKeys) {
      if (stateOf(usersAfter.get(user), key) !== 'none') continue;
      const finding = comparedFinding(user, key);
      if (isExempt(key)) {
        if (!isOtherRule(finding.check)) changes.resolvedExemptFindings.push(finding);
      } else if (isOtherRule(finding.check)) changes.disappearedFindings.push(finding);
      else changes.resolvedFindings.push(finding);
    }
  return changes;
}

/** The root user is part of its account: it is neither added nor removed. Nor is the organization. */
export const isUser = (user: string) => user !== ROOT_USER && user !== ORGANIZATION;

function stateOf(findingKeys: readonly string[] | undefined, wanted: string): 'open' | 'exempt' | 'none' {
  const key = findingKeys?.find((key) => keyOfFinding(key) === keyOfFinding(wanted));
  if (key === undefined) return 'none';
  return isExempt(key) ? 'exempt' : 'open';
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
