/**
 * A pattern for whole texts: `*` stands for any characters and `?` for one.
 *
 * Every character of a text is read once, whatever the pattern: bit `n` of a number says that the first `n` characters of
 * the pattern, without its asterisks, match what was read so far. So the time is linear in the text. Where a regular
 * expression goes back, and may need exponentially many steps, this keeps every possibility at once.
 */
export class Pattern {
  /** What a text has to start with. */
  readonly prefix: string;
  /** Positions at which an asterisk stands. */
  private asterisks = 0n;
  /** Positions before a question mark. */
  private anyCharacter = 0n;
  /** Positions before each character of the pattern. */
  private readonly positions = new Map<string, bigint>();
  private readonly end: bigint;

  constructor(private readonly pattern: string) {
    this.prefix = pattern.replace(/[*?].*$/su, '');
    let position = 1n;
    for (const character of pattern) {
      if (character === '*') {
        this.asterisks |= position;
        continue;
      }
      if (character === '?') this.anyCharacter |= position;
      else this.positions.set(character, (this.positions.get(character) ?? 0n) | position);
      position <<= 1n;
    }
    this.end = position;
  }

  matches(text: string): boolean {
    if (!text.startsWith(this.prefix)) return false;
    // Most patterns are a prefix and an asterisk.
    if (this.pattern.length === this.prefix.length + 1 && this.pattern.endsWith('*')) return true;
    return this.matchesCharacters(text);
  }

  /** The same for characters as they come. */
  matchesCharacters(characters: Iterable<string>): boolean {
    let reached = 1n;
    for (const character of characters) {
      const next = (this.positions.get(character) ?? 0n) | this.anyCharacter;
      reached = ((reached & next) << 1n) | (reached & this.asterisks);
      if (reached === 0n) return false;
    }
    return (reached & this.end) !== 0n;
  }
}

/** Whether a pattern matches a whole text; {@link Pattern} is for one that is compared with many. */
export const matchesPattern = (pattern: string, text: string): boolean => new Pattern(pattern).matches(text);
