import fc from 'fast-check';
import { GrowingBytes } from '../../../handlers/shared/growing-bytes';

describe('Bytes that grow', () => {
  it('are the UTF-8 of all texts, wherever a buffer ends', () => {
    const text = fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 20_000 }));
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const bytes = new GrowingBytes();
        const all = texts.map(([part, times]) =>
          part.repeat(times % (1 + Math.floor(20_000 / (1 + part.length)))),
        );
        for (const part of all) bytes.write(part);
        expect(Buffer.from(bytes.bytes).equals(Buffer.from(all.join('')))).toBe(true);
      }),
    );
  });

  it('may be texts and bytes in turn, whatever was expected', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array());
    fc.assert(
      fc.property(fc.array(part), fc.option(fc.nat(100), { nil: undefined }), (parts, expected) => {
        const bytes = new GrowingBytes(expected);
        for (const part of parts) {
          if (typeof part === 'string') bytes.write(part);
          else bytes.append(part);
        }
        const all = Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array)));
        expect(Buffer.from(bytes.bytes).equals(all)).toBe(true);
      }),
    );
  });

  it('are none before anything is written', () => {
    expect(new GrowingBytes().bytes).toHaveLength(0);
  });
});
