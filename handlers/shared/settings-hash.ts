import { sha256Of } from './hash';
import type { RunSettings } from './events';

/**
 * Identifies the settings of a run, whatever the order of their fields. The definition of the state machine passes the
 * settings to `list-accounts`, which knows their hash from its environment: whoever invokes the function cannot pass
 * other settings, such as an exemption for everything.
 */
export const settingsHash = (settings: RunSettings): string => hashOfValue(settings);

/** Identifies a value, whatever the order of its fields. */
export const hashOfValue = (value: unknown): string => sha256Of(JSON.stringify(sorted(value)));

/** The same value, with the fields of every object in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, field]) => [name, sorted(field)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
