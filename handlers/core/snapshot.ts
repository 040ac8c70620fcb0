/**
 * What the next run compares itself with: a header with the rules of the run, then one line per account with its users
 * and their findings.
 */
import type { Finding } from './evaluate';
import type { Rules } from './rules';

/** A user and the keys of its findings. */
export type UserSnapshot = [name: string, ...findingKeys: string[]];

/** An account without a report keeps its previous snapshot, so that no change between two of its reports is missed. */
export interface AccountSnapshot {
  account: string;
  users: UserSnapshot[];
  /** The rules that it was judged by; absent if they are those of the header. */
  rules?: Rules;
}

const EXEMPT = '!';

/** The key of the finding, marked if it is exempt. */
const findingKeyOf = ({ key, exemption }: Pick<Finding, 'key' | 'exemption'>) =>
  exemption ? `${EXEMPT}${key}` : key;
/** The same without the mark. */
export const keyOfFinding = (findingKey: string) => findingKey.replace(EXEMPT, '');
export const isExempt = (findingKey: string) => findingKey.startsWith(EXEMPT);

/** A finding as runs compare it. */
export interface ComparedFinding {
  user: string;
  /** ID of the check. */
  check: string;
  /** Which credential it is about; empty if it is about the user as a whole. */
  credential: string;
  /** Check and credential, which identify it among the findings of the user. */
  key: string;
}

export function comparedFinding(user: string, findingKey: string): ComparedFinding {
  const key = keyOfFinding(findingKey);
  const [check = '', ...credential] = key.split(' ');
  return { user, check, credential: credential.join(' '), key };
}

export function snapshotOf(
  account: string,
  users: readonly string[],
  findings: readonly Pick<Finding, 'user' | 'key' | 'exemption'>[],
): AccountSnapshot {
  // A set, because two rows of a report may name the same user.
  const byUser = new Map(users.map((user) => [user, new Set<string>()]));
  for (const finding of findings) byUser.get(finding.user)?.add(findingKeyOf(finding));
  return { account, users: [...byUser].map(([user, findingKeys]) => [user, ...findingKeys]) };
}

/** The findings of an account that are not exempt. */
export function openFindings({ users }: AccountSnapshot): ComparedFinding[] {
  return users.flatMap(([user, ...findingKeys]) =>
    findingKeys.filter((key) => !isExempt(key)).map((key) => comparedFinding(user, key)),
  );
}

export const snapshotLine = (account: AccountSnapshot) => `${JSON.stringify(account)}\n`;
