/** Which function writes which keys, and how IAM matches them. */
import { keyPatterns } from '../../handlers/shared/bucket-layout';

export type PatternKind = Exclude<
  keyof typeof keyPatterns,
  'view' | 'ledger' | 'batches' | 'changesOfRuns' | 'findingsOfRuns'
>;

/** Matches as IAM does: `?` is one character, `*` any number of characters, slashes included. */
export const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

/** The patterns below which a function may write, in an environment called `production`. */
export const patternOf = (kind: PatternKind): string =>
  kind === 'manifests' ? keyPatterns.manifests('production') : keyPatterns[kind];

const writer = (...kinds: PatternKind[]) => ({ kinds, patterns: kinds.map(patternOf) });

/** What each function writes: `list-accounts`, `collect-reports`, `summarize-run` and `export-results`, in this order. */
export const writers = [
  writer('ledgers'),
  writer('report', 'serviceCredentials', 'outcomes', 'reviews'),
  writer('runs', 'manifests', 'signingKeys', 'days', 'tables'),
  writer('exports'),
];
