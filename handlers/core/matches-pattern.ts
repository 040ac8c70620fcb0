/**
 * Whether a pattern matches a whole text. `*` stands for any characters and `?` for one.
 *
 * A mismatch is retried only from the last `*`: what an earlier one could take, the last one can take too. So the number
 * of comparisons is at most the product of both lengths, where a regular expression may need exponentially many.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, position] = [0, 0];
  /** The last `*`, and the end of what it stands for. */
  let [star, taken] = [-1, 0];
  while (position < text.length) {
    if (pattern[at] === '*') {
      [star, taken] = [at, position];
      at++;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      // The last `*` stands for one more character.
      taken++;
      [at, position] = [star + 1, taken];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
