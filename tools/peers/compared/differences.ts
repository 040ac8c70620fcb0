/** Joins what a peer and this project say, row by row, and names the kind of each difference. */
import type { Row } from '../../../local/fake-aws/organization/report-row';
import { type Peer, type Question, type Result, differ } from './questions';

/** A row, and what both say of it for one question. */
export interface Pair {
  readonly peer: Peer;
  readonly question: Question;
  readonly kind: 'boundary' | 'random';
  readonly row: Row;
  /** The other rows of its report. */
  readonly others: readonly Row[];
  /** What the dates of the row count from, ms since 1970. */
  readonly now: number;
  readonly ours: Result;
  readonly theirs: Result;
}

/** Why a peer and this project differ. */
export interface Explanation {
  readonly id: string;
  readonly peer: Peer;
  /** Absent for all of them. */
  readonly questions?: readonly string[];
  readonly ours: readonly Result[];
  readonly theirs: readonly Result[];
  /** Whether it explains the difference in this row. */
  readonly when: (pair: Pair) => boolean;
  /** What the two do, as docs/peers.md says it. */
  readonly here: string;
  readonly there: string;
  /** Whose reading is right, and why. */
  readonly right: string;
  /** Where that is written. */
  readonly source: string;
}

/** Number of rows by what explains them; pairs that nothing explains are listed. */
export interface Differences {
  readonly explained: ReadonlyMap<Explanation, { boundary: number; random: number }>;
  readonly unexplained: readonly Pair[];
}

export function differencesOf(pairs: readonly Pair[], explanations: readonly Explanation[]): Differences {
  const explained = new Map(explanations.map((one) => [one, { boundary: 0, random: 0 }]));
  const unexplained: Pair[] = [];
  for (const pair of pairs) {
    if (!differ(pair.ours, pair.theirs)) continue;
    const why = explanations.find((one) => explains(one, pair));
    const counts = why && explained.get(why);
    if (counts) counts[pair.kind]++;
    else unexplained.push(pair);
  }
  return { explained, unexplained };
}

const explains = ({ peer, questions, ours, theirs, when }: Explanation, pair: Pair) =>
  peer === pair.peer &&
  (questions === undefined || questions.includes(pair.question.id)) &&
  ours.includes(pair.ours) &&
  theirs.includes(pair.theirs) &&
  when(pair);

/** A pair in one line, with the cells that decide the question. */
export function textOf({ peer, question, row, ours, theirs }: Pair): string {
  const cells = [...question.flags, ...question.dates].map((column) => `${column}=${row[column] ?? ''}`);
  return `${question.id}: ${ours} here, ${theirs} by ${peer}: ${row.user ?? ''} ${cells.join(' ')}`;
}
