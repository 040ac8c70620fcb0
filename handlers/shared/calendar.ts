/** The date a number of days after another one, `YYYY-MM-DD`; before it if the number is negative. */
export function daysAfter(date: string, days: number): string {
  const after = new Date(`${date}T00:00:00Z`);
  after.setUTCDate(after.getUTCDate() + days);
  return after.toISOString().slice(0, 'YYYY-MM-DD'.length);
}
