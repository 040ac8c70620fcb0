import fc from 'fast-check';
import { InvalidJson, duplicateFields, parseJson } from '../../../constructs/environment/parse-json';

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
    ['', 'it is empty; for an environment with every default, write {}'],
    [
      '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> topic\n}',
      'it has markers of a merge conflict, such as <<<<<<< (lines 2, 4 and 6); resolve it',
    ],
    ['['.repeat(100_000), 'it is nested too deeply'],
    ['{\r\n=======\r\n}', 'it has markers of a merge conflict, such as <<<<<<< (line 2); resolve it'],
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

describe('fields that JSON has more than once', () => {
  it('are not looked for when it is nested too deeply for the other readers of the file', () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(() => duplicateFields(nested)).toThrow(new InvalidJson('it is nested too deeply'));
  });

  it.each<[text: string, found: ReturnType<typeof duplicateFields>]>([
    ['{"a":1,\n"a":2,\n"a":3}', [{ field: 'a', lines: [1, 2, 3] }]],
    ['{"a":{"b":[{"c":1,\n"c":2}]}}', [{ field: 'a.b.0.c', lines: [1, 2] }]],
    // The inner fields are in different objects.
    ['{"a":{"b":1},\n"a":{"b":2}}', [{ field: 'a', lines: [1, 2] }]],
    ['{"a":1,"\\u0061":2}', [{ field: 'a', lines: [1, 1] }]],
    ['{"a":[{"b":1},{"b":2}],"b":"a"}', []],
    ['{"a.b":1,"a":{"b":2}}', []],
    ['[]', []],
  ])('%j: %j', (text, found) => {
    expect(duplicateFields(text)).toEqual(found);
  });

  it('are those that JSON.parse drops', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
    fc.assert(
      fc.property(names, (fields) => {
        const json = `{${fields.map((name, index) => `"${name}":${index}`).join()}}`;
        const kept = Object.keys(JSON.parse(json) as object).length;
        const dropped = duplicateFields(json).reduce((sum, { lines }) => sum + lines.length - 1, 0);
        expect(kept + dropped).toBe(fields.length);
      }),
    );
  });
});
