/** Parts of Markdown documents that `npm run generate` writes. */

/** A table in one line a row, whatever prettier would make of it: a change shows only the rows that changed. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(escapeCell).join(' | ')} |`,
  );
  return ['<!-- prettier-ignore-start -->', '', ...lines, '', '<!-- prettier-ignore-end -->'].join('\n');
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

/** Values as code, separated by commas. */
export const codes = (values: readonly unknown[]) => values.map((value) => `\`${String(value)}\``).join(', ');

/**
 * Replaces what stands between the markers of a section.
 * @throws when the document does not have the markers
 */
export function replaceSection(document: string, path: string, name: string, content: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end of generated: ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${path} must have the lines ${begin} and ${end}`);
  return `${document.slice(0, from)}${begin}\n\n${content}\n\n${document.slice(to)}`;
}
