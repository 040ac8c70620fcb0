const DAY = 24 * 60 * 60 * 1000;
/** Monday is 0. */
const weekdayOf = (time: number) => (new Date(time).getUTCDay() + 6) % 7;

/**
 * The week of a date as ISO 8601 counts them: from Monday to Sunday, and part of the year in which its Thursday is.
 * @param date - `YYYY-MM-DD`
 * @returns such as `2026-W53`
 */
export function isoWeekOf(date: string): string {
  const time = Date.parse(date);
  const thursday = time + (3 - weekdayOf(time)) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
