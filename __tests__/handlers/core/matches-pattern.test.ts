import fc from 'fast-check';
import { matchesPattern } from '../../../handlers/core/matches-pattern';

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

  it('is compared with a number of steps that does not explode', () => {
    // A regular expression needs some 10^9 steps for this.
    expect(matchesPattern('*a'.repeat(30) + 'b', 'a'.repeat(64))).toBe(false);
    expect(matchesPattern('*a'.repeat(30), 'a'.repeat(64))).toBe(true);
  });
});
