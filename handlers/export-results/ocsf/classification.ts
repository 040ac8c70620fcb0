/**
 * The identifiers of OCSF 1.6.0 that findings need, with their captions (https://schema.ocsf.io/1.6.0/classes/compliance_finding).
 * AWS Security Hub documents its findings in this version:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-ocsf.html
 */
import type { Severity } from '../../checks/check';

export const OCSF_VERSION = '1.6.0';

/** The class, and the category that it belongs to. */
export const COMPLIANCE_FINDING = {
  category_uid: 2,
  category_name: 'Findings',
  class_uid: 2003,
  class_name: 'Compliance Finding',
} as const;

/** An identifier and its caption. */
export type Captioned = readonly [id: number, caption: string];

export const activities = { create: [1, 'Create'], update: [2, 'Update'] } as const satisfies Record<
  string,
  Captioned
>;

/** What an activity makes of the class: class_uid × 100 + activity_id. */
export const typeOf = ([id, caption]: Captioned): Captioned => [
  COMPLIANCE_FINDING.class_uid * 100 + id,
  `${COMPLIANCE_FINDING.class_name}: ${caption}`,
];

/** Where a finding stands for those who work through them. Whether anybody works on one is not known: that would be In Progress. */
export const workflowStatuses = {
  open: [1, 'New'],
  exempt: [3, 'Suppressed'],
} as const satisfies Record<string, Captioned>;

export const severities: Readonly<Record<Severity, Captioned>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
};

/**
 * Results of a check. OCSF calls it a warning if a check has no result for lack of information. The table does not say
 * whether an exempt finding failed or is unknown, so it is neither: 99 is what the source defines itself. Exempt findings do
 * not count as failures in the manifest either.
 */
export const complianceStatuses = {
  fail: [3, 'Fail'],
  unknown: [2, 'Warning'],
  exempt: [99, 'Exempt'],
} as const satisfies Record<string, Captioned>;

/** The type of a cloud account that is an account of AWS. */
export const AWS_ACCOUNT: Captioned = [10, 'AWS Account'];

/** The role of a resource that a finding is about. */
export const TARGET: Captioned = [1, 'Target'];

/** The technique of a finding that a rule finds. */
export const RULE: Captioned = [1, 'Rule'];
