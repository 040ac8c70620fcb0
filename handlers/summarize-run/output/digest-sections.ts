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
 * Longest message, bytes. SNS accepts 262,144 bytes (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html), but
 * the message is also part of the state of the execution, which this project keeps below 64 KiB.
 */
export const MAX_MESSAGE_BYTES = 48 * 1024;

/** The lines of as many items as a message has room for: an organization can have 50,000 of them. */
export function linesOf<Item>(items: readonly Item[], lineOf: (item: Item) => string): string[] {
  const lines: string[] = [];
  let space = MAX_MESSAGE_BYTES;
  for (const item of items) {
    const line = lineOf(item);
    lines.push(line);
    space -= bytes([line]);
    if (space < 0) break;
  }
  return lines;
}

/**
 * Shortens sections by whole lines so that they fit, and says how many lines are missing. Space that short sections do
 * not need goes to the others.
 */
export function fitSections(
  head: readonly string[],
  sections: readonly Section[],
  maxBytes: number,
): string[] {
  let space = maxBytes - bytes(head);
  let left = sections.length;
  const bySize = sections.map((section) => ({ section, size: bytes(section.lines) }));
  const fitted = new Map<Section, string[]>();
  for (const { section } of bySize.sort((a, b) => a.size - b.size)) {
    const lines = fitSection(section, space / left--);
    space -= bytes(lines);
    fitted.set(section, lines);
  }
  return sections.flatMap((section) => fitted.get(section) ?? []);
}

function fitSection({ title, lines, total, place }: Section, space: number): string[] {
  const closing = (missing: number) => `and ${missing} more, see ${place}`;
  const frame = ['', title];
  let budget = space - bytes([...frame, closing(total)]);
  const cut = lines.findIndex((line) => (budget -= bytes([line])) < 0);
  const kept = cut < 0 ? lines : lines.slice(0, cut);
  return [...frame, ...kept, ...(kept.length < total ? [closing(total - kept.length)] : [])];
}

function bytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
