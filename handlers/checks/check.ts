/** The interface of a check. Everything in this folder is pure: a row and thresholds go in, a result comes out. */
import type { CredentialReport } from '../credential-report/credential-report';
import type { CredentialRow } from '../credential-report/credential-row';

export type CheckResult = 'pass' | 'fail' | 'not-applicable';

export interface Verdict {
  result: CheckResult;
  /** What was found, in words; never the value of a credential. */
  reason: string;
}

/** The thresholds that an environment may change; the defaults come from the benchmark. All are days, and more is looser. */
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
  /** `aws`, `aws-cn` or `aws-us-gov`: reports differ. */
  readonly partition: string;
}

/** The threshold that a check uses. */
export interface CheckThreshold {
  readonly name: keyof Thresholds;
  /** The number of days in the benchmark; absent if the benchmark gives none. */
  readonly benchmark?: number;
}

/** Recommendation numbers in the CIS Amazon Web Services Foundations Benchmark. */
export interface CisNumbers {
  readonly 'v3.0': string;
  readonly 'v5.0': string;
}

interface Rule {
  /** Never changes, whatever the thresholds: exemptions and earlier runs refer to it. */
  readonly id: string;
  readonly title: (thresholds: Thresholds) => string;
  /** When it fails and when it does not apply, as `docs/checks.md` says it; names settings, not their values. */
  readonly description: string;
  /** Null if it is not a recommendation of the benchmark. */
  readonly cis: CisNumbers | null;
  /** Absent if the check does not use a threshold. */
  readonly threshold?: CheckThreshold;
}

/** A check of the row of the root user, or of the rows of all IAM users. */
export interface RowCheck extends Rule {
  readonly appliesTo: 'root' | 'user';
  /** May throw `UnreadableCell`, which counts as a failure. */
  readonly evaluate: (row: CredentialRow, context: CheckContext) => Verdict;
}

/** A check of a report as a whole. Its findings are about the root user, which every account has. */
export interface ReportCheck extends Rule {
  readonly appliesTo: 'report';
  readonly evaluate: (report: CredentialReport, context: CheckContext) => Verdict;
}

export type Check = RowCheck | ReportCheck;

export const pass = (reason: string): Verdict => ({ result: 'pass', reason });
export const fail = (reason: string): Verdict => ({ result: 'fail', reason });
export const notApplicable = (reason: string): Verdict => ({ result: 'not-applicable', reason });
