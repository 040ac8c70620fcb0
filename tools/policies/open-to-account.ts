import { type PolicyDocument, policy } from '../../constructs/policy';

/** A policy that leaves the decision to the policies in an account. */
export function openToAccount(account: string, action: string, resource?: string): PolicyDocument {
  return policy({
    Sid: 'WholeAccount',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: action,
    ...(resource && { Resource: resource }),
  });
}
