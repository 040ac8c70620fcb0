/** A list in a message that may be shortened. */
export interface Section {
  title: string;
  /** The lines that may be shown. */
  lines: readonly string[];
  /** How many lines there are altogether. */
  total: number;
  /** Where all of them are. */
  place: string;
}

/**
 * Shortens sections by whole lines so that they fit, and says how many lines are missing. Space that one section does not
 * need goes to the next.
 */
export function fitSections(
  head: readonly string[],
  sections: readonly Section[],
  maxBytes: number,
): string[] {
  let space = maxBytes - bytes(head);
  return sections.flatMap(({ title, lines, total, place }, index) => {
    const closing = (missing: number) => `and ${missing} more, see ${place}`;
    const frame = ['', title];
    let budget = space / (sections.length - index) - bytes([...frame, closing(total)]);
    const cut = lines.findIndex((line) => (budget -= bytes([line])) < 0);
    const kept = cut < 0 ? lines : lines.slice(0, cut);
    const section = [...frame, ...kept, ...(kept.length < total ? [closing(total - kept.length)] : [])];
    space -= bytes(section);
    return section;
  });
}

function bytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
