import type { AccountIdentity } from '../core/reconcile';
import type { Finding } from '../core/evaluate';

/** A finding as people are shown it. */
export type ShownFinding = Finding & { account: AccountIdentity; status: 'new' | 'open' | 'exempt' };
export interface ShownUser {
  account: AccountIdentity;
  user: string;
}
export interface ShownResolution extends ShownUser {
  check: string;
}

/** Keeps the first of every kind, however many there are. */
export class Sample<Item> {
  private readonly kinds = new Map<string, Item[]>();
  total = 0;

  constructor(private readonly most: number) {}

  add(kind: string, item: Item): void {
    this.total++;
    const items = this.kinds.get(kind);
    if (!items) this.kinds.set(kind, [item]);
    else if (items.length < this.most) items.push(item);
  }

  /** As many as asked for, each kind with an equal share as far as it has so many; in the order of kinds. */
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

/** Items that are kept of each kind: more than page and digest together ever show. */
const KEPT = 1_000;

/** What is shown of a run: bounded, whatever its size. The tables have everything. */
export class Samples {
  readonly findings = {
    new: new Sample<ShownFinding>(KEPT),
    open: new Sample<ShownFinding>(KEPT),
    exempt: new Sample<ShownFinding>(KEPT),
  };
  readonly resolved = new Sample<ShownResolution>(KEPT);
  readonly usersAdded = new Sample<ShownUser>(KEPT);
  readonly usersRemoved = new Sample<ShownUser>(KEPT);
}
