/** What a check is. Everything in this folder is pure: a row and a context go in, a result comes out. */
import type { CredentialRow } from '../credential-report/credential-row';

export type CheckResult = 'pass' | 'fail' | 'not-applicable';

export interface Verdict {
  result: CheckResult;
  /** Says what was found, for people; never the value of a credential. */
  reason: string;
}

/** Where an environment may draw its own lines; the defaults are the benchmark's. */
export interface Thresholds {
  /** Days after which an unused credential has to go. */
  readonly unusedDays: number;
  /** Days that an access key may have. */
  readonly rotationDays: number;
  /** Days for which the root user must not have been used. The benchmark names none. */
  readonly rootUnusedDays: number;
}

export interface CheckContext {
  readonly thresholds: Thresholds;
}

export interface Check {
  /** Stays the same for ever, whatever the thresholds: exemptions and earlier runs name it. */
  readonly id: string;
  readonly title: (thresholds: Thresholds) => string;
  /** Numbers in the CIS Amazon Web Services Foundations Benchmark. */
  readonly cis: { readonly 'v3.0': string; readonly 'v5.0': string };
  /** The root row, or the row of every IAM user. */
  readonly appliesTo: 'root' | 'user';
  /** May throw `UnreadableCell`: whoever calls it takes that for a failure. */
  readonly evaluate: (row: CredentialRow, context: CheckContext) => Verdict;
}

export const pass = (reason: string): Verdict => ({ result: 'pass', reason });
export const fail = (reason: string): Verdict => ({ result: 'fail', reason });
export const notApplicable = (reason: string): Verdict => ({ result: 'not-applicable', reason });
