/** The IAM actions and resources of a request to a service of the embedded organization. */
import type { ReceivedEvent } from '../../local/fake-aws/events-service';
import { invokedFunction } from '../../local/fake-aws/lambda-service';
import type { ServiceRequest } from '../../local/fake-aws/service';
import { accountOfSession, isSession } from '../../local/fake-aws/sts-service';
import type { Call } from './authorization';
import type { EnforcedEnvironment } from './environments';
import { callsToS3 } from './requests-to-s3';

/** Returns the ARN of the role that an access key belongs to. */
type Owner = (accessKeyId: string) => string;

export function callsOf(
  service: string,
  request: ServiceRequest,
  environment: EnforcedEnvironment,
  owner: Owner,
): Call[] {
  const principal = owner(request.accessKeyId);
  const query = new URLSearchParams(request.body.toString());
  switch (service) {
    case 'organizations': {
      const action = `organizations:${actionOf(request)}`;
      const resource = resourceInOrganization(request, environment);
      return [{ principal, action, resource, account: environment.account }];
    }
    case 'tagging':
      return [{ principal, action: `tag:${actionOf(request)}`, resource: '*', account: environment.account }];
    case 'sts': {
      const resource = query.get('RoleArn') ?? '';
      return [{ principal, action: 'sts:AssumeRole', resource, account: accountOf(resource) }];
    }
    case 'iam':
      return [
        {
          principal,
          action: `iam:${query.get('Action') ?? ''}`,
          resource: '*',
          // A function that has no session of an account calls as itself.
          account: isSession(request.accessKeyId)
            ? accountOfSession(request.accessKeyId)
            : environment.account,
        },
      ];
    case 'lambda': {
      const name = invokedFunction(request.url.pathname) ?? '';
      const { account } = environment;
      const resource = `arn:aws:lambda:us-east-1:${account}:function:${name}`;
      return [{ principal, action: 'lambda:InvokeFunction', resource, account }];
    }
    case 'states': {
      const { executionArn } = JSON.parse(request.body.toString()) as { executionArn: string };
      const action = `states:${actionOf(request)}`;
      return [{ principal, action, resource: executionArn, account: environment.account }];
    }
    case 'kms':
      return [callToKms(request, principal)];
    case 'events':
      return sentEvents(request, principal);
    default:
      return callsToS3(request, principal, environment);
  }
}

/** Of a service whose protocol is JSON. */
const actionOf = ({ headers }: ServiceRequest) => headers['x-amz-target']?.split('.')[1] ?? '';

/** The collecting account manages the organization. */
function resourceInOrganization({ body }: ServiceRequest, { account, organizationId }: EnforcedEnvironment) {
  const { ResourceId, ParentId } = JSON.parse(body.toString()) as Record<string, string | undefined>;
  const arn = (kind: string, id: string) =>
    `arn:aws:organizations::${account}:${kind}/${organizationId}/${id}`;
  if (ResourceId !== undefined) return arn('account', ResourceId);
  return ParentId === undefined ? '*' : arn(ParentId.startsWith('r-') ? 'root' : 'ou', ParentId);
}

/** The account that an ARN names. */
export const accountOf = (arn: string) => arn.split(':')[4] ?? '';

function callToKms(request: ServiceRequest, principal: string): Call {
  const { KeyId, MessageType, SigningAlgorithm } = JSON.parse(request.body.toString()) as Record<
    string,
    string | undefined
  >;
  const context = {
    ...(MessageType !== undefined && { 'kms:MessageType': MessageType }),
    ...(SigningAlgorithm !== undefined && { 'kms:SigningAlgorithm': SigningAlgorithm }),
  };
  const action = `kms:${actionOf(request)}`;
  return { principal, action, resource: KeyId ?? '', account: accountOf(KeyId ?? ''), context };
}

/** EventBridge authorizes each event. */
function sentEvents({ body }: ServiceRequest, principal: string): Call[] {
  const { Entries } = JSON.parse(body.toString()) as { Entries: ReceivedEvent[] };
  return Entries.map(({ EventBusName: resource, Source, DetailType }) => ({
    principal,
    action: 'events:PutEvents',
    resource,
    account: accountOf(resource),
    context: { 'events:source': [Source], 'events:detail-type': [DetailType] },
  }));
}

/** The permission that S3 requires to say that an object does not exist; without it, S3 responds AccessDenied. */
export function listingOf(request: ServiceRequest, environment: EnforcedEnvironment, owner: Owner): Call {
  const { name, account } = environment.bucket;
  return {
    principal: owner(request.accessKeyId),
    action: 's3:ListBucket',
    resource: `arn:aws:s3:::${name}`,
    account,
  };
}
