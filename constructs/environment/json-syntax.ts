/** Where and why a text is not JSON. */

/** @returns what is wrong, with its line and column; nothing for JSON */
export function syntaxError(text: string): string | undefined {
  const message = messageFor(text);
  if (message === undefined) return undefined;
  const before = text.slice(0, positionOf(message, text)).split('\n');
  return `${reasonOf(message)} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

function messageFor(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

const UNEXPECTED_TOKEN = 'Unexpected token';

/** V8 quotes the text around an unexpected token instead of saying where it is. */
function positionOf(message: string, text: string): number {
  if (message.startsWith(UNEXPECTED_TOKEN)) return positionOfToken(text);
  return Number(/ at position (\d+)/.exec(message)?.[1] ?? text.length);
}

/** The shortest beginning of the text that has the token ends with it: every shorter one merely ends too early. */
function positionOfToken(text: string): number {
  let [without, length] = [0, text.length];
  while (length - without > 1) {
    const middle = Math.floor((without + length) / 2);
    if (messageFor(text.slice(0, middle))?.startsWith(UNEXPECTED_TOKEN)) length = middle;
    else without = middle;
  }
  return length - 1;
}

const reasonOf = (message: string) =>
  message.startsWith(UNEXPECTED_TOKEN)
    ? message.replace(/^(Unexpected token '.*?'), .*$/su, '$1')
    : message.replace(/(?: in JSON| after JSON)? at position .*$/s, '');
