/** A file is not text in UTF-8; the message says what it is. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text of a file in UTF-8, without a byte order mark.
 * @throws {@link NotUtf8}
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (isUtf16(bytes)) throw new NotUtf8('it is UTF-16; save it as UTF-8');
  try {
    return utf8.decode(bytes);
  } catch {
    const line = new TextDecoder().decode(bytes).split('\uFFFD')[0]?.split('\n').length;
    throw new NotUtf8(
      `it is not UTF-8 (line ${line}), but perhaps Latin-1 or Windows-1252; save it as UTF-8`,
    );
  }
}

/** JSON starts with an ASCII character, of which UTF-16 makes a zero byte and another one. */
function isUtf16([first, second]: Uint8Array): boolean {
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return hasMark || (first === 0) !== (second === 0);
}
