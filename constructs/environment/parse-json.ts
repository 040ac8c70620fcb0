import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** Text is not JSON; the message says why, with line and column. */
export class InvalidJson extends Error {
  override readonly name = 'InvalidJson';
}

/**
 * Parses strict JSON: comments and trailing commas are refused, as by every other program that reads the file.
 * @throws {@link InvalidJson}
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // `JSON.parse` does not always say where the mistake is.
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    throw new InvalidJson(first ? describe(first, text) : (error as SyntaxError).message);
  }
}

/** What the library's own words leave unclear. */
const explanations: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'comments are not allowed',
  PropertyNameExpected: 'property name in double quotes expected; a trailing comma is not allowed',
  ValueExpected: 'value expected; a trailing comma is not allowed',
};

function describe({ error, offset }: ParseError, text: string): string {
  if (text.startsWith('\uFEFF')) return 'it starts with a byte order mark; save it as UTF-8 without one';
  const code = printParseErrorCode(error);
  const reason = explanations[code] ?? code.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
  const before = text.slice(0, offset).split('\n');
  return `${reason} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}
