import fc from 'fast-check';
import { InvalidJson, parseJson } from '../../../constructs/environment/parse-json';

/** Why text is not JSON. */
function reasonFor(text: string): string | undefined {
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    return error.message;
  }
}

describe('text that is not JSON', () => {
  it.each<[text: string, reason: string]>([
    ['{', 'close brace expected (line 1, column 2)'],
    ['{\n  "region": eu-west-1\n}', 'invalid symbol (line 2, column 13)'],
    [
      '{\n  "hour": 3,\n}\n',
      'property name in double quotes expected; a trailing comma is not allowed (line 3, column 1)',
    ],
    ['[1,]', 'value expected; a trailing comma is not allowed (line 1, column 4)'],
    ['{} // note', 'comments are not allowed (line 1, column 4)'],
    ['/* note */ {}', 'comments are not allowed (line 1, column 1)'],
    ['{"athena": tru}', 'invalid symbol (line 1, column 12)'],
    ['{"region":\n"eu', 'unexpected end of string (line 2, column 1)'],
    ['{"a": 1 "b": 2}', 'comma expected (line 1, column 9)'],
    ["['a']", 'invalid symbol (line 1, column 2)'],
    ['\uFEFF{}', 'it starts with a byte order mark; save it as UTF-8 without one'],
  ])('%j: %s', (text, reason) => {
    expect(reasonFor(text)).toBe(reason);
  });

  it('has the line and column of its first mistake', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const lines = JSON.stringify(JSON.parse(json), null, 2).split('\n');
        const line = at % lines.length;
        const broken = lines.map((one, index) => (index === line ? `!${one}` : one)).join('\n');
        expect(reasonFor(broken)).toMatch(new RegExp(`\\(line ${line + 1}, column 1\\)$`));
      }),
    );
  });
});

describe('JSON', () => {
  it('is parsed as by JSON.parse, and only what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(reasonFor(text)).toBeDefined();
          return;
        }
        expect(parseJson(text)).toEqual(expected);
      }),
    );
  });
});
