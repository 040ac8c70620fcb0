/** Longest beginning that is quoted, characters. */
const LONGEST = 100;

/** Share of a shortened text that is its beginning. Its end says what helps: the policy, the link, the authorization ID. */
const BEGINNING = 0.5;

const OMISSION = ' […] ';

/** The text in one line, without characters that a terminal or a table would obey. */
export const inOneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');

/** The beginning of a text that came from outside, in quotes. */
export const excerptOf = (text: string): string => JSON.stringify(inOneLine(text).trim().slice(0, LONGEST));

/**
 * The beginning and the end of a text that is too long.
 * @param longest - most characters of the result
 */
export function withoutMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const kept = longest - OMISSION.length;
  const beginning = Math.ceil(kept * BEGINNING);
  const shortened = `${text.slice(0, beginning)}${OMISSION}${text.slice(text.length - (kept - beginning))}`;
  // Half of a character, such as of an emoji, is no text for strict readers of JSON.
  return shortened.toWellFormed();
}
