/** Decides a call as AWS would, with the policies that are deployed. */
import type { Simulation } from '@cloud-copilot/iam-simulate';
import { type PolicyDocument, policy } from '../../constructs/policy';
import type { Deployed } from './deployed';
import type { EnforcedEnvironment } from './environments';
import { isAllowedBy } from './evaluator';

export interface Call {
  /** ARN of the calling role, or an AWS service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Account that owns the resource. */
  readonly account: string;
  /** Condition keys beside those that every call has. */
  readonly context?: Readonly<Record<string, string>>;
  /** What the principal may do, if it is none of the stack. */
  readonly permissions?: PolicyDocument;
}

/** @throws as the evaluator does */
export async function isAllowed(
  call: Call,
  deployed: Deployed,
  environment: EnforcedEnvironment,
): Promise<boolean> {
  const { principal, action, resource, account } = call;
  const role = deployed.role(principal);
  const permissions = call.permissions ?? (role && deployed.documents.get(role.permissions));
  const resourcePolicy = policyOf(call, deployed, environment);
  // The trust names nobody.
  if (action === 'sts:AssumeRole' && !resourcePolicy?.Statement.length) return false;
  return decided({
    request: {
      principal: principal.replace(
        /^(arn:[^:]+):iam::(\d+):role\/(.*)$/,
        '$1:sts::$2:assumed-role/$3/session',
      ),
      action,
      resource: { resource, accountId: account },
      contextVariables: { ...contextOf(call, environment), ...call.context },
    },
    identityPolicies: permissions?.Statement.length ? [{ name: principal, policy: permissions }] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy?.Statement.length && { resourcePolicy }),
  });
}

const decisions = new Map<string, Promise<boolean>>();

/** The same question has the same answer. */
function decided(simulation: Simulation): Promise<boolean> {
  const question = JSON.stringify(simulation);
  const decision = decisions.get(question) ?? isAllowedBy(simulation);
  decisions.set(question, decision);
  return decision;
}

/** What AWS adds to every call. */
function contextOf({ principal, account }: Call, { organizationId }: EnforcedEnvironment) {
  const ofResource = {
    'aws:SecureTransport': 'true',
    'aws:ResourceAccount': account,
    'aws:ResourceOrgID': organizationId,
  };
  if (!principal.startsWith('arn:')) return ofResource;
  return {
    ...ofResource,
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': principal.split(':')[4] ?? '',
    'aws:PrincipalOrgID': organizationId,
  };
}

/** The policy of the resource of a call. */
function policyOf(
  { action, resource, account }: Call,
  deployed: Deployed,
  { bucket, account: collecting }: EnforcedEnvironment,
): PolicyDocument | undefined {
  const document = (name: string) => deployed.documents.get(name);
  switch (action.split(':')[0]) {
    case 'sts':
      // Like OrganizationAccountAccessRole, any other role trusts the whole account.
      return document(deployed.role(resource)?.trust ?? '') ?? openTo(collecting, 'sts:*');
    case 's3':
      return resource.startsWith(`arn:aws:s3:::${bucket.name}`)
        ? document('report-bucket/policy')
        : openTo(collecting, 's3:*', '*');
    case 'sns':
      return document('alerts/policy');
    case 'sqs':
      return document('schedule/dead-letters/policy');
    case 'kms':
      if (resource !== bucket.keyArn) return document('alerts/key/key');
      // What KMS gives a key that is made without a policy
      // (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
      return document('report-key/policy') ?? openTo(account, 'kms:*', '*');
    default:
      return undefined;
  }
}

/** The policy of a resource that leaves the decision to an account. */
function openTo(account: string, action: string, resource?: string): PolicyDocument {
  return policy({
    Sid: 'WholeAccount',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: action,
    ...(resource && { Resource: resource }),
  });
}
