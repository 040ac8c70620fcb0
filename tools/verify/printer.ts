import type { Summary } from './summary';
import type { Event } from './verify';

/** Prints what is verified, as soon as it is. */
export interface Printer {
  start(store: string): void;
  event(event: Event): void;
  /** @param error - why verification stopped before the end */
  end(summary: Summary, limits: readonly string[], error?: string): void;
}
