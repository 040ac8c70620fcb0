/** A review as a line of a file. The outcome of the account names the hash of the line. */
import { sha256Of, textOf } from '../shared/hash';
import type { ReportReview } from './report-review';

/** Longest line, bytes: the review of some 150 users with many findings. The report of a larger account is reviewed when the run is summarized. */
export const MAX_LINE_BYTES = 256 * 1024;

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

/** The line, without its end. The account comes first, so that a reader need not parse the lines of others. */
export const reviewLine = ({ account, ...source }: ReviewSource, review: ReportReview): string =>
  JSON.stringify({ account, ...source, ...review });

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
  const { account, report, list, basis, ...review } = parsed(line) ?? {};
  const isSame =
    account === source.account && report === source.report && list === source.list && basis === source.basis;
  return isSame ? (review as ReportReview) : undefined;
}

function parsed(line: Uint8Array): Partial<ReviewSource & ReportReview> | undefined {
  try {
    return JSON.parse(textOf(line)) as ReviewSource & ReportReview;
  } catch {
    return undefined;
  }
}
