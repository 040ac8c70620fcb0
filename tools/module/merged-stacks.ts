/** The tree of the stacks of all choices, from a small part of them. */
import { isDeepStrictEqual } from 'node:util';
import { randomChoices } from './choices';
import { type Choice, unseen } from './decision';
import type { Json } from './known';
import { type Node, type Seen, merge } from './merge';
import { decisionsOf, valueOf } from './value-of';

interface MergedStacksProps {
  /** Cases of each input by its name; what explains more comes first. */
  readonly cases: ReadonlyMap<string, readonly string[]>;
  /**
   * The stack of a choice, undefined if no environment may be like that.
   * @param which - of the two values of everything known
   */
  readonly stackOf: (choice: Choice, which: 0 | 1) => Seen | undefined;
  /** @default 1 */
  readonly seed?: number;
}

/** Choices to begin with, each with both values of everything known. */
const FIRST = 40;
/** As many fresh choices in a row have to give what the tree says. */
const PROVEN = 120;
/** Stacks that are asked about a combination that was not seen; it may be one that there cannot be. */
const TRIES = 2;

/**
 * Merges stacks until every combination of cases that decides about something was seen, if it can be, and what the tree says about
 * {@link PROVEN} fresh choices is what they give. Choices are the same ones every time.
 * @throws {@link Unexplained}
 */
export function mergedStacks({ cases, stackOf, seed = 1 }: MergedStacksProps): Node {
  const names = [...cases.keys()];
  const random = randomChoices(cases, seed);
  const draw = () => random.next().value;
  const seen: Seen[] = [];
  const add = (choice: Choice) => {
    const both = ([0, 1] as const).map((which) => stackOf(choice, which));
    seen.push(...both.filter((one) => one !== undefined));
  };
  for (let count = 0; count < FIRST; count++) add(draw().choice);

  const asked = new Set<string>();
  const addUnseen = (tree: Node): boolean => {
    const before = seen.length;
    for (const decision of decisionsOf(tree)) {
      for (const combination of unseen(decision, (input) => cases.get(input) ?? [])) {
        const key = JSON.stringify(combination);
        if (asked.has(key)) continue;
        asked.add(key);
        for (let count = 0; count < TRIES; count++) add({ ...draw().choice, ...combination });
      }
    }
    return seen.length > before;
  };

  let tree = merge(seen, names);
  let proven = 0;
  while (proven < PROVEN) {
    while (addUnseen(tree)) tree = merge(seen, names);
    const { choice, which } = draw();
    const stack = stackOf(choice, which);
    if (!stack) continue;
    if (isDeepStrictEqual(valueOf(tree, choice), stack.value)) {
      proven++;
      continue;
    }
    proven = 0;
    add(choice);
    tree = merge(seen, names);
    if (!isDeepStrictEqual(valueOf(tree, choice), stack.value))
      throw new Error(
        `The merged stacks cannot say what this choice gives: ${differenceOf(valueOf(tree, choice), stack.value)}; ${JSON.stringify(choice)}`,
      );
  }
  return tree;
}

/** The first place in which two values differ. */
function differenceOf(predicted: Json | undefined, actual: Json | undefined, path = ''): string {
  if (typeof predicted !== 'object' || typeof actual !== 'object' || predicted === null || actual === null)
    return `${path}: ${JSON.stringify(predicted)} for ${JSON.stringify(actual)}`.slice(0, 600);
  const [one, other] = [predicted, actual] as Readonly<Record<string, Json>>[];
  const name = Object.keys({ ...one, ...other }).find(
    (each) => !isDeepStrictEqual(one?.[each], other?.[each]),
  );
  return differenceOf(one?.[name ?? ''], other?.[name ?? ''], `${path}.${name}`);
}
