/** The interface of a check. Everything in this folder is pure: a row and thresholds go in, results come out. */
import type { CredentialReport } from '../credential-report/credential-report';
import type { Credential } from '../credential-report/credential';
import type { CredentialRow, ReportTimes } from '../credential-report/credential-row';
import type { ServiceCredential } from '../credential-report/service-credentials';

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
  /** The user that has the credential, where it is not known from the row. */
  readonly user?: string;
}

/** One verdict for each credential, or one for the whole. Never nothing. */
export type Verdicts = readonly [Verdict, ...Verdict[]];

/**
 * The thresholds that an environment may change. All are days. What each means, and its default, is in
 * `constructs/environment/thresholds.ts`.
 */
export const thresholdNames = [
  'unusedDays',
  'longUnusedDays',
  'neverUsedDays',
  'freshKeyDays',
  'rotationDays',
  'passwordDays',
  'certificateDays',
  'rootUnusedDays',
  'serviceCredentialDays',
] as const;
export type ThresholdName = (typeof thresholdNames)[number];
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** Thresholds that can be other ones for machines: users without a console password. */
export const machineThresholds = [
  'unusedDays',
  'longUnusedDays',
  'rotationDays',
] as const satisfies ThresholdName[];
export type MachineThresholds = Readonly<
  Partial<Record<(typeof machineThresholds)[number], number | undefined>>
>;

export interface CheckContext {
  readonly thresholds: Thresholds;
  /** What differs for users without a console password. */
  readonly machines: MachineThresholds;
  /** `aws`, `aws-cn` or `aws-us-gov`: reports differ. */
  readonly partition: string;
}

/** The threshold that a check uses. */
export interface CheckThreshold {
  readonly name: ThresholdName;
  /** The number of days in the benchmarks that name the check; absent if they give none. */
  readonly benchmark?: number;
}

/** What is known of the organization. */
export interface OrganizationFacts {
  /** Whether it manages the root credentials of its member accounts centrally. */
  readonly rootCredentials: {
    readonly result: CheckResult;
    /** The features that are enabled, the name of the error, or why it does not apply. */
    readonly detail: string;
  };
}

/** What every check has, whatever it judges. */
interface BaseCheck {
  /** Never changes, whatever the thresholds: frameworks, exemptions and earlier runs refer to it. */
  readonly id: string;
  readonly title: (thresholds: Thresholds) => string;
  /** When it fails and when it does not apply, as `docs/checks.md` says it; names settings, not their values. */
  readonly description: string;
  /** What to do about a finding: for whoever owns the account. */
  readonly remedy: string;
  readonly severity: Severity;
  /** Whether it is on whatever frameworks are chosen. */
  readonly always: boolean;
  /** What has to be collected besides reports; without it the check is off. */
  readonly needs?: 'serviceCredentials';
  /**
   * Whether it judges access keys or certificates. A report shows two of each; if a user has more, the controls that the check
   * assesses are undecided.
   */
  readonly seesOnlyTwo?: true;
  /** Absent if the check does not use a threshold. */
  readonly threshold?: CheckThreshold;
}

/** A check of the row of the root user, of the rows of all IAM users, or of both (`principal`). */
export interface RowCheck extends BaseCheck {
  readonly appliesTo: 'root' | 'user' | 'principal';
  /** May throw `UnreadableCell`: then nobody knows the result. */
  readonly evaluate: (row: CredentialRow, context: CheckContext) => Verdicts;
}

/** A check of a report as a whole. Its findings are about the root user, which every account has. */
export interface ReportCheck extends BaseCheck {
  readonly appliesTo: 'report';
  readonly evaluate: (report: CredentialReport, context: CheckContext) => Verdicts;
}

/** A check of the organization, by what its ledger says. Its findings are about the organization. */
export interface OrganizationCheck extends BaseCheck {
  readonly appliesTo: 'organization';
  readonly evaluate: (organization: OrganizationFacts, context: CheckContext) => Verdicts;
}

/** What is known of an account besides its report. */
export interface OtherFacts {
  /** Its service-specific credentials, or why nobody knows them; undefined if the run does not list them. */
  readonly serviceCredentials:
    | { readonly credentials: readonly ServiceCredential[] }
    | { readonly reason: string; readonly detail: string }
    | undefined;
  readonly times: ReportTimes;
}

export interface AccountFacts extends OtherFacts {
  readonly report: CredentialReport;
}

/** A check of an account as a whole. Its findings are about the root user, or about the users that the verdicts name. */
export interface AccountCheck extends BaseCheck {
  readonly appliesTo: 'account';
  readonly evaluate: (account: AccountFacts, context: CheckContext) => Verdicts;
}

export type Check = RowCheck | ReportCheck | AccountCheck | OrganizationCheck;

const one =
  (result: CheckResult) =>
  (reason: string): readonly [Verdict] => [{ result, reason }];
export const pass = one('pass');
export const fail = one('fail');
export const unknown = one('unknown');
export const notApplicable = one('not-applicable');
