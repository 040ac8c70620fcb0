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
}

/** Keeps the first items of every kind, however many there are. */
export class Sample<Item> {
  private readonly kinds = new Map<string, Item[]>();
  total = 0;

  constructor(private readonly maxPerKind: number) {}

  add(kind: string, item: Item): void {
    this.total++;
    const items = this.kinds.get(kind);
    if (!items) this.kinds.set(kind, [item]);
    else if (items.length < this.maxPerKind) items.push(item);
  }

  /** Up to `wanted` items, with an equal share for every kind that has enough, in the order of the kinds. */
  take(wanted: number): Item[] {
    const kinds = [...this.kinds.values()];
    const shares = kinds.map(() => 0);
    for (let left = wanted, before = -1; left > 0 && left !== before;) {
      before = left;
      for (const [index, items] of kinds.entries()) {
        if (left > 0 && (shares[index] ?? 0) < items.length)
          [shares[index], left] = [(shares[index] ?? 0) + 1, left - 1];
      }
    }
    return kinds.flatMap((items, index) => items.slice(0, shares[index]));
  }
}

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
}
