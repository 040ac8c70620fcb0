import fc from 'fast-check';
import { Pattern, matchesPattern } from '../../../handlers/core/matches-pattern';

describe('a pattern', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['***', '', true],
    ['?', '', false],
    ['a', '', false],
    ['a*', 'a', true],
    ['a?', 'a', false],
    ['*a', 'ba', true],
    ['*ab', 'aab', true],
    ['*ab', 'aba', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*?', 'a', true],
    ['?*?', 'a', false],
    ['a**', 'a\nb', true],
    ['*', '*', true],
    ['a*?b', 'ab', false],
  ])('%j matches %j: %s', (pattern, text, isMatch) => {
    expect(matchesPattern(pattern, text)).toBe(isMatch);
  });

  it('matches what a regular expression matches', () => {
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(pattern, text)).toBe(expression.test(text));
      }),
      { numRuns: 2_000, seed: 14 },
    );
  });

  it.each([
    // A regular expression needs some 10^9 steps for this one.
    ['*a'.repeat(8) + 'b', 64],
    ['*a'.repeat(30) + 'b', 64],
    ['*a'.repeat(30), 64],
    // The tail almost matches everywhere.
    [`*${'a'.repeat(9_999)}b`, 20_000],
    [`*${'?'.repeat(500)}b*`, 20_000],
  ])('reads every character of a text at most once: %.20s', (pattern, length) => {
    let steps = 0;
    const text = function* () {
      for (let index = 0; index < length; index++) {
        steps++;
        yield 'a';
      }
    };
    expect(new Pattern(pattern).matchesCharacters(text())).toBe(matchesPattern(pattern, 'a'.repeat(length)));
    expect(steps).toBeLessThanOrEqual(length);
  });

  it('stops at the first character after which nothing can match', () => {
    const read: string[] = [];
    const text = function* () {
      for (const character of 'xaaaa') yield (read.push(character), character);
    };
    expect(new Pattern('a*').matchesCharacters(text())).toBe(false);
    expect(read).toEqual(['x']);
  });
});
