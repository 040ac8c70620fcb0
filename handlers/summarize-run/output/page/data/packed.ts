/**
 * How values of the page are written: columns of text, because similar things next to each other compress best. This file is part of
 * the function, which packs them, and of the script of the page, which unpacks them. It needs neither Node.js nor a browser.
 */

/** Between two columns. */
export const COLUMN_END = '\u001d';
/** Between the values of a column. */
const VALUE_END = '\n';
/** Most values that are texts of their own. */
const VALUES_APART = 500;
/** Before a time: the seconds since {@link FIRST_TIME}, with digits and letters. For each, what IAM writes after the seconds. */
const TIMES = { '\u0001': 'Z', '\u0002': '+00:00' };
/** Instead of a number in the pattern of a reason. */
const NUMBER = '\u0003';
/** All of the marks above are such characters. */
const CONTROL = /[\0-\x1f\x7f-\x9f]/;
const EVERY_CONTROL = /[\0-\x1f\x7f-\x9f]+/g;

/** Before the first IAM user, ms since 1970. */
const FIRST_TIME = Date.UTC(2010, 0);
/** A time as IAM writes it. */
const IAM_TIME = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|\+00:00)$/;
const SECONDS_END = 'YYYY-MM-DDTHH:MM:SS'.length;

export const splitColumns = (text: string): string[] => text.split(COLUMN_END);

/** The values of some columns, each without control characters, see {@link clean}. */
export class Columns {
  private readonly values: string[][];
  private readonly texts: string[] = [];
  /** How many values each column has. */
  length = 0;

  constructor(count: number) {
    this.values = Array.from({ length: count }, () => []);
  }

  /** @param values - one for each column; those that are missing are empty */
  add(values: readonly string[]): void {
    for (let column = 0; column < this.values.length; column++)
      this.values[column]?.push(values[column] ?? '');
    this.length++;
    if (this.length % VALUES_APART === 0) this.join();
  }

  column(index: number): string {
    this.join();
    return this.texts[index] ?? '';
  }

  /** A text for each value would take much more memory than one for all. */
  private join(): void {
    for (const [column, values] of this.values.entries()) {
      if (values.length > 0)
        this.texts[column] = (this.texts[column] ?? '') + values.join(VALUE_END) + VALUE_END;
      values.length = 0;
    }
  }
}

/** The values of a column. */
export const valuesOf = (column: string): string[] => column.split(VALUE_END).slice(0, -1);

/** A text whose control characters have become spaces. Hardly any has one, and finding that out is quick. */
export const clean = (text: string): string =>
  text.search(CONTROL) < 0 ? text : text.replace(EVERY_CONTROL, ' ');

/** Seconds of days since {@link FIRST_TIME}: a report has few different days. */
const days = new Map<string, number>();

/** A cell, as one of {@link TIMES} if it is a time. */
export function packTime(cell: string): string {
  // Most cells are shorter.
  if (cell.length <= SECONDS_END || !IAM_TIME.test(cell)) return cell;
  const day = cell.slice(0, 'YYYY-MM-DD'.length);
  let start = days.get(day);
  if (start === undefined) {
    const time = Date.parse(`${day}T00:00:00Z`);
    // A day that is none, such as the 31st of February, stays as it is.
    start = isoOf(time).startsWith(day) ? (time - FIRST_TIME) / 1000 : NaN;
    days.set(day, start);
  }
  const seconds = start + twoDigits(cell, 11) * 3600 + twoDigits(cell, 14) * 60 + twoDigits(cell, 17);
  const mark = cell.length === SECONDS_END + 1 ? '\u0001' : '\u0002';
  return Number.isNaN(seconds) ? cell : mark + seconds.toString(36);
}

const ZERO = '0'.charCodeAt(0);
const twoDigits = (text: string, at: number) =>
  (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;

export function unpackTime(packed: string): string {
  const [mark = '', ...digits] = packed;
  if (!(mark in TIMES)) return packed;
  const time = isoOf(FIRST_TIME + parseInt(digits.join(''), 36) * 1000);
  return time.slice(0, SECONDS_END) + TIMES[mark as keyof typeof TIMES];
}

/** Empty for a time that is none. */
const isoOf = (time: number) => (Number.isNaN(time) ? '' : new Date(time).toISOString());

/** The reason of a finding without its numbers, and these. */
export function splitReason(reason: string): { pattern: string; numbers: string } {
  const numbers: string[] = [];
  const pattern = clean(reason).replace(/\d+/g, (number) => {
    numbers.push(number);
    return NUMBER;
  });
  return { pattern, numbers: numbers.join(' ') };
}

export function joinReason(pattern: string, numbers: string): string {
  const rest = numbers.split(' ');
  return pattern.replaceAll(NUMBER, () => rest.shift() ?? '');
}
