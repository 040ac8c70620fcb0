/**
 * Time that has passed since a time in ISO 8601, ms; NaN if it is empty. It is never negative: the clock of another service
 * may be some seconds ahead.
 */
export const elapsedSince = (time: string, now: number): number => Math.max(0, now - Date.parse(time));
