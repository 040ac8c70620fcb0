import type { Environment } from '../../constructs/environment/environment';
import type { Statement } from '../../constructs/policy';

/** The options that decide what a request says. */
export type ChosenProtection = Pick<Environment, 'bucket' | 'encryption'>;

/** Which environments pass a statement. */
export interface Passing {
  readonly isPassed: (chosen: ChosenProtection) => boolean;
  /** The same in words. */
  readonly passed: string;
  /** What helps an environment that does not pass it. */
  readonly mend: string;
}

/** What policies of buckets commonly deny, with an example. */
export interface DenyPattern extends Passing {
  /** What the statement denies, in words. */
  readonly denies: string;
  readonly statement: Statement & { readonly Effect: 'Deny'; readonly Resource: string };
  /** Condition keys with which other policies deny the same. */
  readonly otherKeys: readonly string[];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every condition of a statement, the values last; a key or an operator may be in any spelling. */
const conditionsOf = (condition: Conditions = {}) =>
  Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => [
      key.toLowerCase(),
      operator.replace(/IfExists$/, ''),
      String(values),
    ]),
  );

/**
 * The pattern that a statement is most like: with the same key, operator and value, else with the same key and operator, else
 * with the same key.
 */
export function patternLike(
  patterns: readonly DenyPattern[],
  condition: Conditions | undefined,
): DenyPattern | undefined {
  const found = conditionsOf(condition);
  return [3, 2, 1]
    .map((depth) =>
      patterns.find(({ statement, otherKeys }) =>
        [...conditionsOf(statement.Condition), ...otherKeys.map((key) => [key.toLowerCase()])].some(
          (expected) =>
            found.some((one) => expected.slice(0, depth).every((part, index) => part === one[index])),
        ),
      ),
    )
    .find((pattern) => pattern !== undefined);
}
