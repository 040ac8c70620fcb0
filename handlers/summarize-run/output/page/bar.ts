import { type Html, html } from './html';

export interface Segment {
  kind: 'fail' | 'unknown' | 'exempt' | 'pass' | 'none';
  count: number;
}

/** A bar that shows shares, drawn without style attributes; its label has the same numbers. */
export function bar(label: string, segments: readonly Segment[]): Html {
  const total = segments.reduce((sum, { count }) => sum + count, 0) || 1;
  let before = 0;
  const rectangles = segments.map(({ kind, count }) => {
    // One failure among very many is still visible.
    const width = count === 0 ? 0 : Math.max((count / total) * 100, kind === 'fail' ? 0.5 : 0);
    const x = Math.min(before, 100 - width);
    before += (count / total) * 100;
    return html`<rect class="${kind}" x="${percent(x)}" width="${percent(width)}" height="100%"></rect>`;
  });
  return html`<svg class="bar" role="img" aria-label="${label}">${rectangles}</svg>`;
}

const percent = (number: number) => `${number.toFixed(2)}%`;
