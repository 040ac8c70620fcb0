/** The interface of a check. Everything in this folder is pure: a row and thresholds go in, results come out. */
import type { CredentialReport } from '../credential-report/credential-report';
import type { Credential } from '../credential-report/credential';
import type { CredentialRow } from '../credential-report/credential-row';

/** `unknown`: nobody can tell, which is never a pass. */
export type CheckResult = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** How bad a finding is, the worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export interface Verdict {
  readonly result: CheckResult;
  /** What was found, in words; never the value of a credential. */
  readonly reason: string;
  /** The credential that it is about; absent if it is about the user, the account or the organization as a whole. */
  readonly credential?: Credential;
}

/** One verdict for each credential, or one for the whole. Never nothing. */
export type Verdicts = readonly [Verdict, ...Verdict[]];

/** The thresholds that an environment may change; the defaults come from the benchmarks. All are days, and more is looser. */
export interface Thresholds {
  /** An unused credential fails `unused-45-days` after this many days. */
  readonly unusedDays: number;
  /** An access key fails when it is older than this many days. */
  readonly rotationDays: number;
  /** The root user fails if it was used within this many days. The benchmarks give no number. */
  readonly rootUnusedDays: number;
  /** An access key that is younger than this many days need not have been used yet. */
  readonly freshKeyDays: number;
}

/** Thresholds that can be other ones for machines: users without a console password. */
export const machineThresholds = ['unusedDays', 'rotationDays'] as const satisfies (keyof Thresholds)[];
export type MachineThresholds = {
  readonly [Name in (typeof machineThresholds)[number]]?: number | undefined;
};

export interface CheckContext {
  readonly thresholds: Thresholds;
  /** What differs for users without a console password. */
  readonly machines: MachineThresholds;
  /** `aws`, `aws-cn` or `aws-us-gov`: reports differ. */
  readonly partition: string;
}

/** The threshold that a check uses. */
export interface CheckThreshold {
  readonly name: keyof Thresholds;
  /** The number of days in the benchmarks that name the check; absent if they give none. */
  readonly benchmark?: number;
}

interface Rule {
  /** Never changes, whatever the thresholds: frameworks, exemptions and earlier runs refer to it. */
  readonly id: string;
  readonly title: (thresholds: Thresholds) => string;
  /** When it fails and when it does not apply, as `docs/checks.md` says it; names settings, not their values. */
  readonly description: string;
  readonly severity: Severity;
  /** Whether it is on whatever frameworks are chosen. */
  readonly always: boolean;
  /** Absent if the check does not use a threshold. */
  readonly threshold?: CheckThreshold;
}

/** A check of the row of the root user, or of the rows of all IAM users. */
export interface RowCheck extends Rule {
  readonly appliesTo: 'root' | 'user';
  /** May throw `UnreadableCell`: then nobody knows the result. */
  readonly evaluate: (row: CredentialRow, context: CheckContext) => Verdicts;
}

/** A check of a report as a whole. Its findings are about the root user, which every account has. */
export interface ReportCheck extends Rule {
  readonly appliesTo: 'report';
  readonly evaluate: (report: CredentialReport, context: CheckContext) => Verdicts;
}

export type Check = RowCheck | ReportCheck;

const one =
  (result: CheckResult) =>
  (reason: string): readonly [Verdict] => [{ result, reason }];
export const pass = one('pass');
export const fail = one('fail');
export const unknown = one('unknown');
export const notApplicable = one('not-applicable');
