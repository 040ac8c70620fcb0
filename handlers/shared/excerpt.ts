/** Longest beginning that is quoted, characters. */
const LONGEST = 100;

/** The text in one line, without characters that a terminal or a table would obey. */
export const inOneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');

/** The beginning of a text that came from outside, in quotes. */
export const excerptOf = (text: string): string => JSON.stringify(inOneLine(text).trim().slice(0, LONGEST));
