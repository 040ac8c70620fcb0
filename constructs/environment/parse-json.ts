import { type JSONVisitor, type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';

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
    throw new InvalidJson(
      conflictIn(text) ?? unlessTooDeep(() => mistakeIn(text)) ?? (error as SyntaxError).message,
    );
  }
}

/** The library calls itself for each level of the text. */
function unlessTooDeep<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidJson('it is nested too deeply');
  }
}

/** A field that an object has more than once. */
export interface DuplicateField {
  /** Path of the field, such as `accounts.exclude`. */
  readonly field: string;
  /** Where it is, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * Fields that are given more than once in JSON: `JSON.parse` takes the last and drops the others.
 * @throws {@link InvalidJson} if it is nested too deeply
 */
export function duplicateFields(json: string): DuplicateField[] {
  const objects: Map<string, DuplicateField>[] = [];
  const open: Map<string, DuplicateField>[] = [];
  const visitor: JSONVisitor = {
    onObjectBegin: () => {
      const fields = new Map<string, DuplicateField>();
      objects.push(fields);
      open.push(fields);
    },
    onObjectProperty: (name, _offset, _length, line, _character, pathOf) => {
      const lines = [...(open.at(-1)?.get(name)?.lines ?? []), line + 1];
      open.at(-1)?.set(name, { field: [...pathOf(), name].join('.'), lines });
    },
    onObjectEnd: () => {
      open.pop();
    },
  };
  unlessTooDeep(() => {
    visit(json, visitor);
  });
  return objects
    .flatMap((fields) => [...fields.values()].filter(({ lines }) => lines.length > 1))
    .sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
}

/** What Git writes at the start of a line when it cannot merge. */
const CONFLICT_MARKER = /^(<{7}|\|{7}|={7}|>{7})(?= |\r?$)/;

function conflictIn(text: string): string | undefined {
  const lines = text.split('\n').flatMap((line, index) => (CONFLICT_MARKER.test(line) ? [index + 1] : []));
  if (lines.length === 0) return undefined;
  return `it has markers of a merge conflict, such as <<<<<<< (${linesText(lines)}); resolve it`;
}

/** `line 2`, `lines 2 and 5`, `lines 2, 4 and 6`. */
export function linesText(lines: readonly number[]): string {
  const [last, ...before] = [...new Set(lines)].reverse();
  return before.length === 0 ? `line ${last}` : `lines ${before.toReversed().join(', ')} and ${last}`;
}

/** `JSON.parse` does not always say where the mistake is. */
function mistakeIn(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty; for an environment with every default, write {}';
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors[0] && describe(errors[0], text);
}

/** What the library's own words leave unclear. */
const explanations: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'comments are not allowed',
  PropertyNameExpected: 'property name in double quotes expected; a trailing comma is not allowed',
  ValueExpected: 'value expected; a trailing comma is not allowed',
};

function describe({ error, offset }: ParseError, text: string): string {
  const code = printParseErrorCode(error);
  const reason = explanations[code] ?? code.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
  const before = text.slice(0, offset).split('\n');
  return `${reason} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}
