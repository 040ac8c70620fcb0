/** What the next run compares itself with: one line per account, with its users and their findings. */
import type { Finding } from './evaluate';

/** A user and the keys of its findings. */
export type UserSnapshot = [name: string, ...findingKeys: string[]];

/** An account that fails keeps its previous snapshot, so that no change between two of its reports is missed. */
export interface AccountSnapshot {
  account: string;
  users: UserSnapshot[];
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
  const byUser = new Map(users.map((user): [string, UserSnapshot] => [user, [user]]));
  for (const finding of findings) byUser.get(finding.user)?.push(findingKeyOf(finding));
  return { account, users: [...byUser.values()] };
}

/** The first line of every snapshot. A file that starts with something else is not read. */
export const SNAPSHOT_HEADER = `${JSON.stringify({ snapshot: 1 })}\n`;

export const snapshotLine = (account: AccountSnapshot) => `${JSON.stringify(account)}\n`;
