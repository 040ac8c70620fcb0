import fc from 'fast-check';
import { syntaxError } from '../../../constructs/environment/json-syntax';

describe('the syntax of JSON', () => {
  it.each<[text: string, problem: string]>([
    ['{', "Expected property name or '}' (line 1, column 2)"],
    ['{\n  "region": eu-west-1\n}', "Unexpected token 'e' (line 2, column 13)"],
    ['{\n  "hour": 3,\n}\n', 'Expected double-quoted property name (line 3, column 1)'],
    ['{"athena": tru}', "Unexpected token '}' (line 1, column 15)"],
    ['{"region":\n"eu', 'Unterminated string (line 2, column 4)'],
    ['{"hour":\n', 'Unexpected end of JSON input (line 2, column 1)'],
    ['', 'Unexpected end of JSON input (line 1, column 1)'],
    ["['a']", "Unexpected token ''' (line 1, column 2)"],
  ])('of %j: %s', (text, problem) => {
    expect(syntaxError(text)).toBe(problem);
  });

  it('is wrong where a token stands that no JSON has', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const lines = JSON.stringify(JSON.parse(json), null, 2).split('\n');
        const line = at % lines.length;
        const broken = lines.map((one, index) => (index === line ? `!${one}` : one)).join('\n');
        expect(syntaxError(broken)).toMatch(new RegExp(`\\(line ${line + 1}, column 1\\)$`));
      }),
    );
  });

  it('has no problem in JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(syntaxError(json)).toBeUndefined();
      }),
    );
  });
});
