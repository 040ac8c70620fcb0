const LINE_FEED = 10;

/**
 * The lines of pieces of a file, without their ends. They share the memory of the pieces.
 * @param longest - most bytes of a line
 * @throws {@link RangeError} if a line is longer
 */
export async function* byteLines(
  pieces: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Uint8Array, undefined> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(LINE_FEED); end !== -1; end = piece.indexOf(LINE_FEED, from)) {
      const line = piece.subarray(from, end);
      if (rest.length + line.length > longest) throw new RangeError('a line is too long');
      yield rest.length === 0 ? line : Buffer.concat([rest, line]);
      rest = new Uint8Array();
      from = end + 1;
    }
    // A copy, so that the piece is not kept.
    rest = Buffer.concat([rest, piece.subarray(from)]);
    if (rest.length > longest) throw new RangeError('a line is too long');
  }
  if (rest.length > 0) yield rest;
}
