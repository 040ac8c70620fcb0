/** The interface of a check. Everything in this folder is pure: a row and thresholds go in, a result comes out. */
import type { CredentialRow } from '../credential-report/credential-row';

export type CheckResult = 'pass' | 'fail' | 'not-applicable';

export interface Verdict {
  result: CheckResult;
  /** What was found, in words; never the value of a credential. */
  reason: string;
}

/** The thresholds that an environment may change; the defaults come from the benchmark. */
export interface Thresholds {
  /** An unused credential fails after this many days. */
  readonly unusedDays: number;
  /** An access key fails when it is older than this many days. */
  readonly rotationDays: number;
  /** The root user fails if it was used within this many days. The benchmark gives no number. */
  readonly rootUnusedDays: number;
}

export interface CheckContext {
  readonly thresholds: Thresholds;
}

export interface Check {
  /** Never changes, whatever the thresholds: exemptions and earlier runs refer to it. */
  readonly id: string;
  readonly title: (thresholds: Thresholds) => string;
  /** When it fails and when it does not apply, as `docs/checks.md` says it; names settings, not their values. */
  readonly description: string;
  /** Recommendation numbers in the CIS Amazon Web Services Foundations Benchmark. */
  readonly cis: { readonly 'v3.0': string; readonly 'v5.0': string };
  /** The row of the root user, or the rows of all IAM users. */
  readonly appliesTo: 'root' | 'user';
  /** May throw `UnreadableCell`, which counts as a failure. */
  readonly evaluate: (row: CredentialRow, context: CheckContext) => Verdict;
}

export const pass = (reason: string): Verdict => ({ result: 'pass', reason });
export const fail = (reason: string): Verdict => ({ result: 'fail', reason });
export const notApplicable = (reason: string): Verdict => ({ result: 'not-applicable', reason });
