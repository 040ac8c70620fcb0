/** A review as a line of a file. The outcome of the account names the hash of the line. */
import type { JudgedCheck, JudgedFinding } from '../core/judge';
import { sha256Of, textOf } from '../shared/hash';
import type { ReportReview, ReviewedRow } from './report-review';

/** Longest line, bytes: the review of some 300 users with many findings. The report of a larger account is reviewed when the run is summarized. */
export const MAX_LINE_BYTES = 256 * 1024;

/** Largest file, bytes: a batch of 500 accounts with 30 users each. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** What a review was made of. */
export interface ReviewSource {
  readonly account: string;
  /** Hash of the report. */
  readonly report: string;
  /** Hash of the list of service-specific credentials; absent if there is none. */
  readonly list?: string | undefined;
  /** That of the reviewer. */
  readonly basis: string;
}

/**
 * A review without the names of fields that every row and every finding has, and with each user once: the summary of a large
 * organization reads millions of them.
 */
interface CompactReview extends Omit<ReportReview, 'rows' | 'checks'> {
  readonly rows: readonly (readonly [user: string, arn: string, cells: string])[];
  readonly checks: readonly (readonly [pass: number, notApplicable: number, found: CompactFinding[][]])[];
}

type CompactFinding = readonly [
  /** The number of the row of its user; the user itself if there is no such row. */
  whom: number | Pick<JudgedFinding, 'user' | 'arn'>,
  result: JudgedFinding['result'],
  reason: string,
  key: string,
  credential?: JudgedFinding['credential'],
];

/** The line, without its end. The account comes first, so that a reader need not parse the lines of others. */
export const reviewLine = ({ account, ...source }: ReviewSource, review: ReportReview): string =>
  JSON.stringify({ account, ...source, ...compact(review) });

const START = '{"account":"';
const ACCOUNT_DIGITS = 12;

/** The account that a line says it is about; some other text if it is no review. */
export const accountOfLine = (line: Uint8Array): string =>
  textOf(line.subarray(START.length, START.length + ACCOUNT_DIGITS));

/**
 * The review in a line, unless it is not the one that the outcome names, or of something else.
 * @param hash - of the line, as the outcome says
 */
export function reviewIn(line: Uint8Array, hash: string, source: ReviewSource): ReportReview | undefined {
  if (sha256Of(line) !== hash) return undefined;
  try {
    const { account, report, list, basis, ...review } = JSON.parse(textOf(line)) as ReviewSource &
      CompactReview;
    const isSame =
      account === source.account &&
      report === source.report &&
      list === source.list &&
      basis === source.basis;
    return isSame ? expanded(review) : undefined;
  } catch {
    return undefined;
  }
}

function compact({ rows, checks, ...review }: ReportReview): CompactReview {
  // The last row of a name, which is right whatever it is: the ARN is compared too.
  const numbers = new Map(rows.map(({ user }, number) => [user, number]));
  const whom = ({ user, arn }: JudgedFinding) => {
    const number = numbers.get(user) ?? -1;
    return rows[number]?.arn === arn ? number : { user, arn };
  };
  const found = (finding: JudgedFinding): CompactFinding => {
    const { result, reason, key, credential } = finding;
    const about = [whom(finding), result, reason, key] as const;
    return credential ? [...about, credential] : about;
  };
  return {
    ...review,
    rows: rows.map(({ user, arn, cells }) => [user, arn, cells]),
    checks: checks.map((check) => [check.pass, check.notApplicable, check.found.map((of) => of.map(found))]),
  };
}

function expanded({ rows: compactRows, checks, ...review }: CompactReview): ReportReview {
  const rows = compactRows.map(([user, arn, cells]): ReviewedRow => ({ user, arn, cells }));
  const found = ([whom, result, reason, key, credential]: CompactFinding): JudgedFinding => {
    const { user, arn } = (typeof whom === 'number' ? rows[whom] : whom) as Pick<ReviewedRow, 'user' | 'arn'>;
    return { user, arn, result, reason, key, ...(credential && { credential }) };
  };
  return {
    ...review,
    rows,
    checks: checks.map(([pass, notApplicable, of]): JudgedCheck => ({
      pass,
      notApplicable,
      found: of.map((one) => one.map(found)),
    })),
  };
}
