/**
 * Why an account can fail, what that means, and what to do about it. The manifest schema, the documents and the types
 * come from this table: a new reason is one entry here and the code that returns it.
 */

export interface FailureExplanation {
  /** What happened, for the documents. */
  readonly meaning: string;
  /** What the reader should do, in Markdown. */
  readonly action: string;
}

export const failureExplanations = {
  'role-not-assumable': {
    meaning:
      'STS refused the report role: it is not deployed in the account, its trust policy does not match, or STS is deactivated.',
    action:
      'The role is missing or trusts another role: check the stack of the account and its trust policy, as described in ' +
      '[the role of an account](operations.md#the-role-of-an-account), then run again. If the detail says ' +
      '`RegionDisabledException`, activate STS in the account, in the [default Region](regions.md#what-is-in-another-region).',
  },
  denied: {
    meaning: 'IAM refused the call: the policy of the report role or a service control policy denies it.',
    action:
      'Read the detail, which names the kind of policy. A service control policy or permissions boundary of the account ' +
      'must allow `iam:GenerateCredentialReport` and `iam:GetCredentialReport`. Then run again.',
  },
  'not-ready': {
    meaning: 'IAM was still generating the report when the last cycle ended.',
    action: 'Run again. If the same account is late every day, raise `waiting.cycles`.',
  },
  throttled: {
    meaning: 'IAM or STS was still throttling the calls when the last cycle ended.',
    action: 'Run again at another hour, and find out who else generates reports at the same time.',
  },
  'report-invalid': {
    meaning: 'What IAM returned was not the complete credential report of the account, up to the last cycle.',
    action:
      'Read the detail, which says what arrived. Run again after four hours, when IAM generates a new report. If it happens ' +
      'again, find out what stands between the function and IAM.',
  },
  'not-stored': {
    meaning: 'S3 did not accept the report.',
    action:
      'Read the detail, and the log of `collect-reports` for that account: the policy of the bucket or of its KMS key ' +
      'does not let the function write. If another account owns them, apply the outputs `bucket_policy_statements` and ' +
      '`key_policy_statements`.',
  },
  'report-missing': {
    meaning: 'The report was stored, but it was gone from the bucket when the run was summarized.',
    action: 'Find out who may delete objects in the bucket, then run again.',
  },
  'report-changed': {
    meaning:
      'The report that was in the bucket when the run was summarized is not the one that was stored, and no later run ' +
      'of that day stored it; or its version is gone.',
    action:
      'Somebody else writes into the bucket: find out who (CloudTrail data events, access logs), restore the version that ' +
      'the outcome names if the bucket has versions, then run again. See [Verifying](verifying.md).',
  },
  'service-error': {
    meaning: 'Another error of an AWS service, or of the network, that lasted until the last cycle.',
    action: 'Read the detail, check AWS Health for the Region, then run again.',
  },
  'batch-failed': {
    meaning: 'The function failed on the whole batch, so no outcome was recorded for the account.',
    action: 'See [`collect-reports-erroring`](operations.md#collect-reports-erroring), then run again.',
  },
} as const satisfies Record<string, FailureExplanation>;

export type FailureReason = keyof typeof failureExplanations;

export const failureReasons = Object.keys(failureExplanations) as [FailureReason, ...FailureReason[]];
