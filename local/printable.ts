/**
 * Whoever names an account or an object, or writes an error message, does not write to the terminal of the person who reads
 * it: no control character, no change of direction, no line of its own.
 */
const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A line with a question mark for each character that is not printable. */
export const printableLine = (line: string) => line.replaceAll(NOT_PRINTABLE, '?');

/** A text whose lines are this project's own. */
export const printableText = (text: string) => text.split('\n').map(printableLine).join('\n');

/** JSON of the same value, with such characters escaped. */
export const printableJson = (json: string) =>
  json.replaceAll(NOT_PRINTABLE, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, unit) => escaped(character.charCodeAt(unit))).join(''),
  );

const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;
