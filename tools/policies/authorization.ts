/** Decides whether AWS would allow a call, with the policies that are deployed. */
import type { Simulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../constructs/policy';
import type { Deployed } from './deployed';
import type { EnforcedEnvironment } from './environments';
import { isAllowedBy } from './evaluator';
import { openToAccount } from './open-to-account';

export interface Call {
  /** ARN of the calling role, or an AWS service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Account that owns the resource. */
  readonly account: string;
  /** Condition keys in addition to those of every call. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Policy that came with AssumeRole, if the caller is such a session. */
  readonly sessionPolicy?: object | undefined;
  /** Permissions of a principal that is not in the stack. */
  readonly permissions?: PolicyDocument;
}

/** @throws if the evaluator finds a mistake in a policy or in the call */
export async function isAllowed(
  call: Call,
  deployed: Deployed,
  environment: EnforcedEnvironment,
): Promise<boolean> {
  const { principal, action, resource, account } = call;
  const role = deployed.role(principal);
  const permissions = call.permissions ?? (role && deployed.documents.get(role.permissions));
  const resourcePolicy = policyOf(call, deployed, environment);
  // Nobody is trusted.
  if (action === 'sts:AssumeRole' && !resourcePolicy?.Statement.length) return false;
  return decideOnce({
    request: {
      principal: principal.replace(
        /^(arn:[^:]+):iam::(\d+):role\/(?:.*\/)?(.*)$/,
        '$1:sts::$2:assumed-role/$3/session',
      ),
      action,
      resource: { resource, accountId: account },
      contextVariables: { ...contextOf(call, environment), ...call.context },
    },
    ...(call.sessionPolicy && { sessionPolicy: call.sessionPolicy }),
    identityPolicies: permissions?.Statement.length ? [{ name: principal, policy: permissions }] : [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy?.Statement.length && { resourcePolicy }),
  });
}

const decisions = new Map<string, Promise<boolean>>();

/** The evaluator takes long, and most calls occur many times. */
function decideOnce(simulation: Simulation): Promise<boolean> {
  const key = JSON.stringify(simulation);
  const decision = decisions.get(key) ?? isAllowedBy(simulation);
  decisions.set(key, decision);
  return decision;
}

/** Condition keys that AWS adds to every call. */
function contextOf({ principal, account }: Call, { organizationId }: EnforcedEnvironment) {
  const resourceKeys = {
    'aws:SecureTransport': 'true',
    'aws:ResourceAccount': account,
    'aws:ResourceOrgID': organizationId,
  };
  if (!principal.startsWith('arn:')) return resourceKeys;
  return {
    ...resourceKeys,
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': principal.split(':')[4] ?? '',
    'aws:PrincipalOrgID': organizationId,
  };
}

/** The customer's key for logs, variables and the schedule, if there is one. */
export const operationsKeyOf = (stack: EnforcedEnvironment['stack']): string | undefined =>
  stack.resource('schedule/schedule').kms_key_arn as string | undefined;

/** What AWS Lambda does as the role of a function before it runs, if there is such a key. */
export function decryptionOfVariables(
  { stack, account }: EnforcedEnvironment,
  principal: string,
  functionName: string,
): Call | undefined {
  const resource = operationsKeyOf(stack);
  const functionArn = `arn:aws:lambda:us-east-1:${account}:function:${functionName}`;
  const context = { 'kms:EncryptionContext:aws:lambda:FunctionArn': functionArn };
  return resource === undefined
    ? undefined
    : { principal, action: 'kms:Decrypt', resource, account, context };
}

/** The policy of the resource that a call is about. */
function policyOf(
  { action, resource, account }: Call,
  deployed: Deployed,
  { bucket, signingKeyArn, account: collecting, stack }: EnforcedEnvironment,
): PolicyDocument | undefined {
  const document = (name: string) => deployed.documents.get(name);
  switch (action.split(':')[0]) {
    case 'sts':
      // Any other role trusts the whole account, as OrganizationAccountAccessRole does.
      return document(deployed.role(resource)?.trust ?? '') ?? openToAccount(collecting, 'sts:*');
    case 's3':
      // Any other bucket, also one of the same name, trusts the whole account.
      return resource.startsWith(`arn:aws:s3:::${bucket.name}`) && account === bucket.account
        ? document('report-bucket/policy')
        : openToAccount(collecting, 's3:*', '*');
    case 'sns':
      return document('alerts/policy');
    case 'sqs':
      return document('schedule/dead-letters/policy');
    case 'kms':
      if (resource === signingKeyArn) return document('signing-key/key');
      if (resource === operationsKeyOf(stack)) return openToAccount(account, 'kms:*', '*');
      if (resource !== bucket.keyArn) return document('alerts/key/key');
      // The default policy of a key
      // (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
      return document('report-key/policy') ?? openToAccount(account, 'kms:*', '*');
    default:
      return undefined;
  }
}
