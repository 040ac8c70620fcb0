import fc from 'fast-check';
import { jsonBytes } from '../../../handlers/shared/json-bytes';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('JSON as bytes', () => {
  it('is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary' }),
          fc.oneof(fc.jsonValue({ stringUnit: 'grapheme' }), fc.constant(undefined)),
        ),
        (object) => {
          expect(textOf(jsonBytes(object))).toBe(JSON.stringify(object));
        },
      ),
    );
  });

  it('is that of a long list of names in any script', () => {
    const object = { names: Array.from({ length: 20_000 }, (_, index) => `日本 ${index} 🚀`), number: 1 };
    expect(textOf(jsonBytes(object))).toBe(JSON.stringify(object));
  });

  it('has null for an item that is undefined', () => {
    expect(textOf(jsonBytes({ items: [undefined, 1] }))).toBe('{"items":[null,1]}');
  });
});
