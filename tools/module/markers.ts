/**
 * How values of a stack are written that have expressions in them: with characters for private use, which no stack has.
 */

const IN_TEXT = '\uE000';
const WHOLE = '\uE001';
const END = '\uE002';

/** An expression as part of a text. */
export const inText = (expression: string): string => `${IN_TEXT}${expression}${END}`;

/** An expression that is a whole value, of whatever type. */
export const whole = (expression: string): string => `${WHOLE}${expression}${END}`;

/** The expression of a whole value; undefined if the text is none. */
export function wholeExpression(value: string): string | undefined {
  const [, expression] = /^(?:\uE000|\uE001)([^\uE000-\uE002]*)\uE002$/.exec(value) ?? [];
  return expression;
}

/** Parts of a text: those with odd numbers are expressions. */
export const partsOf = (value: string): string[] => value.split(/\uE000([^\uE002]*)\uE002/);
