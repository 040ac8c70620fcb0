/** Writes one JSON line per decision. Never pass a credential or the content of a report. */
export function log(message: string, fields: Record<string, unknown>): void {
  console.log(JSON.stringify({ message, ...fields }));
}
