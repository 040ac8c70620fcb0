/**
 * What the next run compares itself with: a header with the rules of the run, then one line per account with its users
 * and their findings.
 */
import type { Rules } from '../checks/rules';
import type { Finding } from './evaluate';

/** A user and the keys of its findings. */
export type UserSnapshot = [name: string, ...findingKeys: string[]];

/** An account without a report keeps its previous snapshot, so that no change between two of its reports is missed. */
export interface AccountSnapshot {
  account: string;
  users: UserSnapshot[];
  /** The rules that it was judged by; absent if they are those of the header. */
  rules?: Rules;
}

const EXEMPT = ':exempt';

/** The ID of the check, marked if the finding is exempt. */
const findingKeyOf = ({ check, exemption }: Pick<Finding, 'check' | 'exemption'>) =>
  exemption ? `${check.id}${EXEMPT}` : check.id;
export const checkOf = (findingKey: string) => findingKey.split(':')[0] ?? '';
export const isExempt = (findingKey: string) => findingKey.endsWith(EXEMPT);

export function snapshotOf(
  account: string,
  users: readonly string[],
  findings: readonly Finding[],
): AccountSnapshot {
  // A set, because a finding is a user and a check, however many rows of a report name the user.
  const byUser = new Map(users.map((user) => [user, new Set<string>()]));
  for (const finding of findings) byUser.get(finding.user)?.add(findingKeyOf(finding));
  return { account, users: [...byUser].map(([user, findingKeys]) => [user, ...findingKeys]) };
}

/** The findings of an account that are not exempt. */
export function openFindings({ users }: AccountSnapshot): { user: string; check: string }[] {
  return users.flatMap(([user, ...findingKeys]) =>
    findingKeys.filter((key) => !isExempt(key)).map((check) => ({ user, check })),
  );
}

export const snapshotLine = (account: AccountSnapshot) => `${JSON.stringify(account)}\n`;
