import type { Finding } from '../../core/evaluate';

/** A user and the findings about it; those that are exempt are marked. */
export type UserSnapshot = [name: string, ...findings: string[]];

/**
 * What is known of an account: a line of the snapshot that a run leaves for later runs. An account that fails
 * keeps what was known of it, so that nothing new gets lost between two reports of it.
 */
export interface AccountSnapshot {
  account: string;
  users: UserSnapshot[];
}

const EXEMPT = ':exempt';

const findingKeyOf = ({ check, exemption }: Pick<Finding, 'check' | 'exemption'>) =>
  exemption ? `${check.id}${EXEMPT}` : check.id;
export const checkOf = (mark: string) => mark.split(':')[0] ?? '';
export const isExempt = (mark: string) => mark.endsWith(EXEMPT);

export function known(account: string, users: readonly string[], findings: readonly Finding[]): AccountSnapshot {
  const byUser = new Map(users.map((user): [string, UserSnapshot] => [user, [user]]));
  for (const finding of findings) byUser.get(finding.user)?.push(findingKeyOf(finding));
  return { account, users: [...byUser.values()] };
}

/** The first line of every snapshot; what begins otherwise is not read. */
export const SNAPSHOT_HEADER = `${JSON.stringify({ snapshot: 1 })}\n`;

export const snapshotLine = (account: AccountSnapshot) => `${JSON.stringify(account)}\n`;

/** Walks through an earlier snapshot beside a run that goes through its accounts in the same order, by id. */
export class EarlierSnapshot {
  private next: AccountSnapshot | undefined;
  private begun = false;

  constructor(private readonly lines: AsyncIterator<string, undefined>) {}

  /** What was known of an account; accounts have to be asked for in the order of their ids. */
  async of(account: string): Promise<AccountSnapshot | undefined> {
    if (!this.begun) await this.begin();
    while (this.next && this.next.account < account) await this.advance();
    return this.next?.account === account ? this.next : undefined;
  }

  private async begin(): Promise<void> {
    this.begun = true;
    const { value } = await this.lines.next();
    if (`${value}\n` !== SNAPSHOT_HEADER) throw new Error('The snapshot of the earlier run is no snapshot');
    await this.advance();
  }

  private async advance(): Promise<void> {
    const { value } = await this.lines.next();
    this.next = value === undefined ? undefined : (JSON.parse(value) as AccountSnapshot);
  }
}
