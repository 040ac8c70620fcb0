/** The members of an object that several objects of OCSF have, made of cells. */
import { frameworkOf } from '../../frameworks/framework-of';
import { plainCell } from '../../shared/plain-cell';

/** Undefined if the cell is empty. */
export const cellText = (cell: string): string | undefined => (cell === '' ? undefined : plainCell(cell));

/** Milliseconds since 1970; undefined if the cell has no date. */
export function timeOf(cell: string): number | undefined {
  const time = Date.parse(cell);
  return Number.isNaN(time) ? undefined : time;
}

/** A name and a value, which OCSF calls a key:value object. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** What OCSF has no member for, under the name of its column. Undefined if the cell is empty. */
export const tag = (name: string, cell: string): Tag | undefined =>
  cell === '' ? undefined : { name, value: plainCell(cell) };

/** Undefined if there is none. */
export function tagsOf(tags: readonly (Tag | undefined)[]): Tag[] | undefined {
  const known = tags.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known;
}

interface Controls {
  /** Frameworks with their versions, such as `CIS v7.0`. */
  standards: string[];
  /** Controls with their frameworks, such as `CIS v7.0 2.5`. */
  requirements: string[];
}

/** The cell `controls`, such as `CIS v7.0 2.5; CIS v5.0 1.4`. */
export function controlsOf(cell: string): Controls | undefined {
  if (cell === '') return undefined;
  const requirements = cell.split('; ');
  const standards = new Set(requirements.map(frameworkOf));
  return { standards: [...standards], requirements };
}
