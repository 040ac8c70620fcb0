/** What `npm run test:peers` measured: `RENEW=1 npm run test:peers` writes it anew. docs/peers.md shows it. */
import { join } from 'node:path';
import type { Peer } from './questions';
import type { Tool } from './odd-reports';

export interface Measured {
  readonly seed: number;
  readonly rows: { readonly boundary: number; readonly random: number };
  /** Pairs of a row and a question that both judge, and how many of them differ. */
  readonly pairs: Readonly<Record<Peer, { readonly compared: number; readonly different: number }>>;
  /** Rows by the ID of the explanation, in the order of the explanations. */
  readonly differences: Readonly<Record<string, { readonly boundary: number; readonly random: number }>>;
  /** Outcomes by the ID of the odd report. */
  readonly oddReports: Readonly<Record<string, Readonly<Record<Tool, string>>>>;
}

/** Calls to AWS for one account, by tool and number of users. */
export type MeasuredCalls = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const SAME = 'as for the plain report';

export const MEASURED_FILES = {
  differences: join(__dirname, 'measured.json'),
  calls: join(__dirname, 'calls.json'),
};
