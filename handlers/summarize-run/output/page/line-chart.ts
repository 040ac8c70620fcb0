import { type Html, html } from './html';

export interface Line {
  /** Also its class in the style. */
  name: string;
  /** At equal distances; null where there is no value. */
  values: readonly (number | null)[];
}

const [WIDTH, HEIGHT] = [300, 90];

/**
 * Lines without axes, drawn without style attributes. A legend has their first and last values; a table of all values has to be
 * elsewhere.
 * @param most - value at the top; the greatest one by default
 */
export function lineChart(title: string, lines: readonly Line[], most?: number): Html {
  const top = Math.max(
    1,
    most ?? Math.max(...lines.flatMap(({ values }) => values.map((value) => value ?? 0))),
  );
  return html`<figure class="trend">
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" role="img" aria-label="${labelOf(title, lines)}">
      ${lines.map(({ name, values }) =>
        pathsOf(values, top).map((d) => html`<path class="${name}" d="${d}"></path>`),
      )}
    </svg>
    <ul>
      ${lines.map(
        ({ name, values }) =>
          html`<li>
            <svg class="key" viewBox="0 0 24 8" aria-hidden="true">
              <path class="${name}" d="M0 4H24"></path>
            </svg>
            ${lines.length > 1 ? `${name}: ` : ''}${changeIn(values)}
          </li>`,
      )}
    </ul>
  </figure>`;
}

const labelOf = (title: string, lines: readonly Line[]) =>
  `${title}: ${lines.map(({ name, values }) => (lines.length > 1 ? `${name} ${changeIn(values)}` : changeIn(values))).join('; ')}`;

/** The first and the last value, and the least and the greatest if others lie between: a dip must not be overlooked. */
function changeIn(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return 'unknown';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const change = first === last ? shown(last) : `${shown(first)} → ${shown(last)}`;
  const isWithin = least === Math.min(first, last) && most === Math.max(first, last);
  return isWithin ? change : `${change} (${shown(least)} to ${shown(most)})`;
}

const shown = (value: number) => value.toLocaleString('en');

/** A path for each stretch of neighboring values. One value alone is a short line. */
function pathsOf(values: readonly (number | null)[], top: number): string[] {
  const step = WIDTH / Math.max(1, values.length - 1);
  const paths: string[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const point = `${coordinate(index * step)} ${coordinate(2 + (1 - value / top) * (HEIGHT - 4))}`;
    const last = values[index - 1] === null ? undefined : paths.at(-1);
    if (last) last.push(`L${point}`);
    else paths.push([`M${point}`]);
  }
  return paths.map((points) => `${points.join('')}${points.length === 1 ? 'h1' : ''}`);
}

const coordinate = (number: number) => String(Math.round(number * 10) / 10);
