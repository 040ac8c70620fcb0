/** A list of a message that may be cut. */
export interface Section {
  title: string;
  /** The lines that are there to be shown. */
  lines: readonly string[];
  /** How many there would be. */
  total: number;
  /** Where the others are. */
  place: string;
}

/** Keeps whole lines only, and says how many are missing. What one section does not need is left to the next. */
export function fitSections(head: readonly string[], sections: readonly Section[], most: number): string[] {
  let room = most - bytes(head);
  return sections.flatMap(({ title, lines, total, place }, index) => {
    const closing = (missing: number) => `and ${missing} more, see ${place}`;
    const frame = ['', title];
    let own = room / (sections.length - index) - bytes([...frame, closing(total)]);
    const cut = lines.findIndex((line) => (own -= bytes([line])) < 0);
    const kept = cut < 0 ? lines : lines.slice(0, cut);
    const section = [...frame, ...kept, ...(kept.length < total ? [closing(total - kept.length)] : [])];
    room -= bytes(section);
    return section;
  });
}

function bytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
