import type { Deployment } from './deployment';
import type { OtherAccount } from './other-account';
import type { Statement } from './policy';

/** The longest wait that KMS offers before it deletes a key, days: time to notice and to cancel the deletion. */
export const DELETION_WINDOW_DAYS = 30;

/**
 * The default policy of a KMS key, which leaves access to the IAM policies of its account
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
 * @param owner - account of the key; that of the deployment if there is none
 */
export const accountStatement = (deployment: Deployment, owner?: OtherAccount): Statement => ({
  Sid: 'IamPoliciesOfTheAccount',
  Effect: 'Allow',
  Principal: deployment.accountPrincipal(owner?.accountId),
  Action: 'kms:*',
  // In a key policy `*` means the key itself.
  Resource: '*',
});
