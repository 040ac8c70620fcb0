/** One JSON line a decision. Never put a credential or the content of a report into it. */
export function log(message: string, fields: Record<string, unknown>): void {
  console.log(JSON.stringify({ message, ...fields }));
}
