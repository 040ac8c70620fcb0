/** Which inputs of the module decide about a value, found in the stacks that were synthesized. */

/** A choice for each input, by its name. */
export type Choice = Readonly<Record<string, string>>;

/** What a value is for each combination of cases of the inputs that decide about it. */
export interface Decision<Value> {
  readonly inputs: readonly string[];
  /** By the cases of these inputs, in their order; see {@link keyOf}. */
  readonly table: ReadonlyMap<string, Value>;
}

const keyOf = (inputs: readonly string[], choice: Choice): string =>
  inputs.map((input) => choice[input]).join('|');

/** What a decision says about a choice; undefined if its combination of cases was never seen. */
export const decided = <Value>({ inputs, table }: Decision<Value>, choice: Choice): Value | undefined =>
  table.get(keyOf(inputs, choice));

/** The combinations of cases that no choice had. @param casesOf - names of the cases of an input */
export function unseen(
  { inputs, table }: Decision<unknown>,
  casesOf: (input: string) => readonly string[],
): Choice[] {
  const all = inputs.reduce<Choice[]>(
    (choices, input) =>
      choices.flatMap((choice) => casesOf(input).map((name) => ({ ...choice, [input]: name }))),
    [{}],
  );
  return all.filter((choice) => !table.has(keyOf(inputs, choice)));
}

/** More inputs than that would be a sign that the constructs compute something. */
const MOST_INPUTS = 4;

/**
 * The fewest inputs that explain every value.
 * @param seen - values by the choices with which they were seen
 * @param names - all inputs; earlier ones are preferred
 * @returns undefined if they do not
 */
export function decide<Value>(
  seen: readonly { readonly choice: Choice; readonly value: Value }[],
  names: readonly string[],
): Decision<Value> | undefined {
  const candidates = names.filter((name) => new Set(seen.map(({ choice }) => choice[name])).size > 1);
  for (let size = 0; size <= MOST_INPUTS; size++) {
    for (const inputs of subsets(candidates, size)) {
      const table = tableOf(seen, inputs);
      if (table) return { inputs, table };
    }
  }
  return undefined;
}

function tableOf<Value>(
  seen: readonly { readonly choice: Choice; readonly value: Value }[],
  inputs: readonly string[],
): Map<string, Value> | undefined {
  const table = new Map<string, Value>();
  for (const { choice, value } of seen) {
    const key = keyOf(inputs, choice);
    if (table.has(key) && table.get(key) !== value) return undefined;
    table.set(key, value);
  }
  return table;
}

function* subsets(names: readonly string[], size: number, from = 0): Generator<string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= names.length - size; first++) {
    for (const rest of subsets(names, size - 1, first + 1)) yield [names[first] ?? '', ...rest];
  }
}
