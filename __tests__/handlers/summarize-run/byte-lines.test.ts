import fc from 'fast-check';
import { byteLines } from '../../../handlers/summarize-run/byte-lines';

// eslint-disable-next-line @typescript-eslint/require-await -- pieces come from a bucket
async function* piecesOf(bytes: Buffer, length: number) {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}
async function linesOf(pieces: AsyncIterable<Uint8Array>, longest = 100): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of byteLines(pieces, longest)) lines.push(Buffer.from(line).toString());
  return lines;
}

describe('the lines of a file', () => {
  it('are the same whatever the length of the pieces', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '\u{1F511}', '"'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.nat({ max: 20 }), fc.boolean(), async (lines, length, isOpen) => {
        const whole = lines.map((line) => `${line}\n`).join('');
        const expected = isOpen ? [...lines, 'open'] : lines;
        const pieces = piecesOf(Buffer.from(isOpen ? `${whole}open` : whole), length + 1);
        await expect(linesOf(pieces)).resolves.toEqual(expected);
      }),
    );
  });

  it('end with an error after a line that is too long', async () => {
    await expect(linesOf(piecesOf(Buffer.from('a\nbbbb\n'), 3), 4)).resolves.toEqual(['a', 'bbbb']);
    await expect(linesOf(piecesOf(Buffer.from('a\nbbbbbb\n'), 3), 3)).rejects.toThrow(RangeError);
    await expect(linesOf(piecesOf(Buffer.from('bbbb\n'), 9), 3)).rejects.toThrow(RangeError);
  });

  it('end with the error of a piece that cannot be read, after the lines before it', async () => {
    const found: string[] = [];
    const read = async () => {
      for await (const line of byteLines(broken(), 9)) found.push(Buffer.from(line).toString());
    };
    await expect(read()).rejects.toThrow('not readable');
    expect(found).toEqual(['a']);
  });
});

// eslint-disable-next-line @typescript-eslint/require-await -- pieces come from a bucket
async function* broken() {
  yield Buffer.from('a\nb');
  throw new Error('not readable');
}
