import { excerptOf, inOneLine } from '../../../handlers/shared/excerpt';

describe('a text that came from outside', () => {
  it.each([
    ['plain', 'plain'],
    ['two\r\nlines\tand more', 'two lines and more'],
    ['\u001b[31mred\u0007', ' [31mred '],
    ['a\u0085b\u2028c\u2029d', 'a b c d'],
    ['\u202egnp.exe\u2066', ' gnp.exe '],
    ['é 名 👩‍💻', 'é 名 👩‍💻'],
  ])('%j has no control character when it is shown', (text, shown) => {
    expect(inOneLine(text)).toBe(shown);
  });

  it('is quoted in one line, up to 100 characters', () => {
    expect(excerptOf('\n <a href="x">\\</a>\n')).toBe('"<a href=\\"x\\">\\\\</a>"');
    expect(excerptOf('x'.repeat(101))).toBe(`"${'x'.repeat(100)}"`);
    expect(excerptOf('')).toBe('""');
  });
});
