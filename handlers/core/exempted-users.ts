import { Pattern } from './matches-pattern';

interface Named {
  /** User name, or a pattern. */
  readonly user: string;
}

/**
 * Exemptions of one check for one scope, by user. Names are looked up, and a pattern is compared only with users that start
 * with what stands before its first `*` or `?`: tens of thousands of exemptions cost as much as a few.
 */
export class ExemptedUsers<Item extends Named> {
  private readonly byName = new Map<string, Item[]>();
  private readonly byPrefix = new Map<string, { pattern: Pattern; item: Item }[]>();
  private readonly prefixLengths = new Set<number>();

  add(item: Item): void {
    const { user } = item;
    if (!isPattern(user)) {
      listIn(this.byName, user).push(item);
      return;
    }
    const pattern = new Pattern(user);
    listIn(this.byPrefix, pattern.prefix).push({ pattern, item });
    this.prefixLengths.add(pattern.prefix.length);
  }

  /** Those with the name of the user, then those whose pattern matches it. */
  of(user: string): Item[] {
    const found = [...(this.byName.get(user) ?? [])];
    for (const length of this.prefixLengths)
      for (const { pattern, item } of this.byPrefix.get(user.slice(0, length)) ?? [])
        if (pattern.matches(user)) found.push(item);
    return found;
  }
}

export const isPattern = (user: string) => /[*?]/.test(user);

/** The list of a key, which is added if it is absent. */
function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
