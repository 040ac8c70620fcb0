import type { CheckResult } from '../checks/check';

/** The result of a check for a row, a report or an account. `exempt`: it fails or is unknown, and that is accepted. */
export type CountedResult = CheckResult | 'exempt';

/** Results, the worst first: one credential decides the result of a row, and one row that of an account. */
const RANKS: Readonly<Record<CountedResult, number>> = {
  fail: 0,
  unknown: 1,
  exempt: 2,
  pass: 3,
  'not-applicable': 4,
};

/** The worse one of two results. */
export const worse = <Result extends CountedResult>(one: Result, other: Result | undefined): Result =>
  other === undefined || RANKS[one] <= RANKS[other] ? one : other;
