import { excerptOf, inOneLine, withoutMiddle } from '../../../handlers/shared/excerpt';

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

describe('a text that is too long', () => {
  it('keeps its beginning and its end, as much as is allowed and no more', () => {
    expect(withoutMiddle('0123456789abcdef', 15)).toBe('01234 […] bcdef');
    expect(withoutMiddle('0123456789abcdef', 14)).toBe('01234 […] cdef');
    expect(withoutMiddle('0123456789abcdef', 16)).toBe('0123456789abcdef');
    expect(withoutMiddle('', 16)).toBe('');
  });

  it('never keeps half of a character', () => {
    expect(withoutMiddle('🔑'.repeat(10), 15)).toBe('🔑🔑\ufffd […] \ufffd🔑🔑');
    expect(withoutMiddle('🔑'.repeat(10), 13)).toBe('🔑🔑 […] 🔑🔑');
  });
});
