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
      'STS refused the report role: it is not deployed in the account, its trust policy does not match, or a policy denies it.',
    action:
      'If the detail names a policy, that policy denies `sts:AssumeRole`: a service control policy or a resource control policy ' +
      'must allow it. Otherwise the role is missing or trusts another role: check the stack of the account and its trust ' +
      'policy, as described in [the role of an account](operations.md#the-role-of-an-account). Then run again.',
  },
  'region-disabled': {
    meaning: 'STS is not active for the account in the Region in which the report role is assumed.',
    action:
      'In the account, open IAM, Account settings, and activate STS in the ' +
      '[default Region](regions.md#what-is-in-another-region). If that is a Region to which accounts opt in, enable the ' +
      'Region in the account first. Then run again.',
  },
  'session-policy-refused': {
    meaning: 'STS refused the session policy, alone or together with the session tags of the caller.',
    action:
      'In a run from a workstation, sign in with fewer or shorter transitive session tags: they share a limit with the session ' +
      'policy. In a deployment, no tags are passed: read the detail, and report it as a bug of this project.',
  },
  'session-refused': {
    meaning: 'STS gave a session of the report role, and IAM did not accept it.',
    action:
      'Somebody replaced the role or revoked its sessions while the run was in progress: run again. If it happens again, ' +
      'read the detail, and ask AWS Support why IAM refuses sessions of that role.',
  },
  'collector-credentials': {
    meaning:
      'AWS did not accept the credentials of the function itself, or of whoever runs it from a workstation. Nothing is wrong with the account.',
    action:
      'Check that the role of `collect-reports` exists and that nobody revoked its sessions. If the detail says ' +
      '`OptInRequired`, the registration of the account that collects is not complete. On a workstation, sign in again and check ' +
      'its clock. Then run again.',
  },
  'request-refused': {
    meaning: 'AWS refused the call as invalid.',
    action:
      'Read the detail, which names the parameter. If it is the ARN of the role, correct `reportRoleName` and deploy. ' +
      'Otherwise report it as a bug of this project.',
  },
  'account-not-activated': {
    meaning: 'AWS has not activated the account, or has suspended its services.',
    action:
      'Sign in to the account and complete its registration, or settle what AWS Billing asks for; AWS Support knows the ' +
      'reason. Until then, add the account to `accounts.exclude`.',
  },
  denied: {
    meaning: 'IAM refused the call: the policy of the report role or a service control policy denies it.',
    action:
      'Read the detail, which names the kind of policy. A service control policy or permissions boundary of the account ' +
      'must allow `iam:GenerateCredentialReport` and `iam:GetCredentialReport`. The authorization ID at its end answers ' +
      '`GetRequestAuthorizationDetails` for 24 hours. Then run again.',
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
      'Read the detail. `AccessDenied`: the policy of the bucket or of its KMS key does not let the function write; if another ' +
      'account owns them, apply the outputs `bucket_policy_statements` and `key_policy_statements`. `NoSuchBucket`, ' +
      '`PermanentRedirect`: the bucket is gone, or in another Region. `KMS.…`: the key of the bucket is disabled or about to ' +
      'be deleted. Then run again.',
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
