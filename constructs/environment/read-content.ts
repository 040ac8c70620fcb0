import { readFileSync, statSync } from 'node:fs';
import { isSystemError, reasonOf } from '../error-text';
import { InvalidJson, duplicateFields, linesText, parseJson } from './parse-json';
import type { Problem } from './problems';
import { NotUtf8, decodeUtf8 } from './read-text';

interface Content {
  /** What the file says, whether it is valid or not; `undefined` if it cannot be read. */
  readonly content?: unknown;
  /** Its bytes; `undefined` if it cannot be read. */
  readonly bytes?: Uint8Array;
  /** Why it cannot be read, or which fields it has more than once. */
  readonly problems: readonly Problem[];
}

/** Reads a JSON file that somebody wrote. */
export function readContent(path: string): Content {
  try {
    // Reading another kind of file, such as a named pipe, might wait forever.
    if (!statSync(path).isFile()) return unreadable('the file is not a regular file');
    const bytes = readFileSync(path);
    const text = decodeUtf8(bytes);
    return { content: parseJson(text), bytes, problems: duplicateFields(text).map(asProblem) };
  } catch (error) {
    if (error instanceof InvalidJson) return unreadable(`the file is not JSON: ${error.message}`);
    if (error instanceof NotUtf8) return unreadable(`the file cannot be read: ${error.message}`);
    if (isSystemError(error)) return unreadable(`the file cannot be read: ${reasonOf(error)}`);
    throw error;
  }
}

const unreadable = (text: string): Content => ({ problems: [{ field: '', text }] });

const asProblem = ({ field, lines }: ReturnType<typeof duplicateFields>[number]): Problem => ({
  field,
  text: `${field} is given ${lines.length} times (${linesText(lines)}); keep one`,
});
