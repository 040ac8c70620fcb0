/** Findings that were there before and that nobody can decide now: they are neither resolved, nor new when they are known again. */
import type { Finding } from './evaluate';
import { type AccountSnapshot, comparedFinding, keyOfFinding } from './snapshot';

/** A check whose result for a user is unknown as a whole, so that nothing is known of single credentials. */
export interface Undecided {
  readonly check: string;
  /** Absent if it is unknown for every user of the account. */
  readonly user?: string;
}

type Judged = Pick<Finding, 'user' | 'check' | 'result' | 'credential'>;

export const undecidedOf = (findings: readonly Judged[]): Undecided[] =>
  findings
    .filter(({ result, credential }) => result === 'unknown' && !credential)
    .map(({ check, user }) => ({ check: check.id, ...(check.appliesTo !== 'account' && { user }) }));

/**
 * The snapshot with the findings of single credentials that it had before and that are undecided now. Users who are gone keep
 * nothing.
 * @param isComparable - whether the check had the same rule before
 */
export function withUndecided(
  after: AccountSnapshot,
  before: AccountSnapshot,
  undecided: readonly Undecided[],
  isComparable: (check: string) => boolean,
): AccountSnapshot {
  if (undecided.length === 0) return after;
  const findingsBefore = new Map(before.users.map(([user, ...findingKeys]) => [user, findingKeys]));
  const isUndecided = (name: string, findingKey: string) => {
    const { check, credential } = comparedFinding(name, findingKey);
    const isOne = (one: Undecided) => one.check === check && (one.user ?? name) === name;
    return credential !== '' && isComparable(check) && undecided.some(isOne);
  };
  return {
    ...after,
    users: after.users.map(([user, ...findingKeys]) => {
      const known = new Set(findingKeys.map(keyOfFinding));
      const kept = (findingsBefore.get(user) ?? []).filter(
        (key) => isUndecided(user, key) && !known.has(keyOfFinding(key)),
      );
      return [user, ...findingKeys, ...kept];
    }),
  };
}
