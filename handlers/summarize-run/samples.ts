import { severities } from '../checks/check';
import type { Finding } from '../core/evaluate';
import type { AccountIdentity } from '../core/reconcile';

/** A finding as the page and the digest show it. */
export type ShownFinding = Finding & { account: AccountIdentity; status: 'new' | 'open' | 'exempt' };
export interface ShownUser {
  account: AccountIdentity;
  user: string;
}
export interface ShownResolution extends ShownUser {
  check: string;
  credential: string;
}

/** Keeps the first items of every kind, however many there are. */
export class Sample<Item> {
  private readonly kinds = new Map<string, Item[]>();
  total = 0;

  constructor(private readonly maxPerKind: number) {}

  /** @param item - makes it, if it is kept */
  add(kind: string, item: () => Item): void {
    this.total++;
    const items = this.kinds.get(kind);
    if (!items) this.kinds.set(kind, [item()]);
    else if (items.length < this.maxPerKind) items.push(item());
  }

  /**
   * Up to `wanted` items: those of the lowest rank first, and among these an equal share for every kind that has enough.
   * They are in the order of their ranks and kinds.
   */
  take(wanted: number, rankOf: (item: Item) => number = () => 0): Item[] {
    // The first item of every kind, then the second of every kind, and so on.
    const inTurn = [...this.kinds.values()]
      .flatMap((items, kind) => items.map((item, turn) => ({ item, kind, turn, rank: rankOf(item) })))
      .sort((a, b) => a.rank - b.rank || a.turn - b.turn);
    return inTurn
      .slice(0, wanted)
      .sort((a, b) => a.rank - b.rank || a.kind - b.kind)
      .map(({ item }) => item);
  }
}

/** The worst first. */
export const bySeverity = ({ severity }: Pick<Finding, 'severity'>): number => severities.indexOf(severity);

/** Items kept of each kind: more than the page and the digest together ever show. */
const MAX_PER_KIND = 1_000;

/** What the page and the digest show of a run: bounded, however large the run is. The tables have everything. */
export class Samples {
  readonly findings = {
    new: new Sample<ShownFinding>(MAX_PER_KIND),
    open: new Sample<ShownFinding>(MAX_PER_KIND),
    exempt: new Sample<ShownFinding>(MAX_PER_KIND),
  };
  readonly resolved = new Sample<ShownResolution>(MAX_PER_KIND);
  readonly usersAdded = new Sample<ShownUser>(MAX_PER_KIND);
  readonly usersRemoved = new Sample<ShownUser>(MAX_PER_KIND);
  readonly usersOfRemovedAccounts = new Sample<ShownUser>(MAX_PER_KIND);
}
