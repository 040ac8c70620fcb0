/**
 * Values that a caller of the module chooses. A stack is synthesized with values that occur nowhere else, and where such a value
 * comes out, the module has the expression. Every value has a second one: what differs between the two, and is not the value
 * itself, is something that the constructs compute from it, which the module does not know.
 */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Known {
  /** The two values; a stack has one of them. */
  readonly values: readonly [Json, Json];
  /** What the module has instead. */
  readonly expression: string;
  /**
   * `text`: also within a text. `whole`: only as a whole value. `items`: the values are lists, and the expression is that list.
   */
  readonly kind: 'text' | 'whole' | 'items';
}

/** A known value as one stack has it; of a list, one item. */
export type KnownValue = Pick<Known, 'kind' | 'expression'> & { readonly value: Json };

/** How a value is written within a text. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A value that may be part of texts, such as a name. */
export const text = (expression: string, first: Json, second: Json): Known => ({
  kind: 'text',
  expression,
  values: [first, second],
});

/** A value that is never part of a text. */
export const whole = (expression: string, first: Json, second: Json): Known => ({
  kind: 'whole',
  expression,
  values: [first, second],
});

/** A list, of which stacks have one item or two: what there is for each item, and what for the list, shows in that. */
export const items = (expression: string, first: Json, ...others: readonly Json[]): Known => ({
  kind: 'items',
  expression,
  values: [[first], others],
});

export const isKnown = (value: unknown): value is Known =>
  typeof value === 'object' && value !== null && 'expression' in value && 'values' in value;

/** Options in which values may be {@link Known}. */
export interface Options {
  readonly [name: string]: Json | Known | Options | readonly Known[];
}

/** The options with the first or second value of everything known, which is added to `used`. */
export function withValues(options: Options, which: 0 | 1, used: Map<Known, Json>): Record<string, unknown> {
  const valueOf = (value: unknown): unknown => {
    if (isKnown(value)) {
      const chosen = value.values[which];
      used.set(value, chosen);
      return chosen;
    }
    if (Array.isArray(value)) return value.map(valueOf);
    return typeof value === 'object' && value !== null ? withValues(value as Options, which, used) : value;
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, valueOf(value)]));
}
