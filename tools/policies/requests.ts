/** The IAM actions and resources of a request to a service of the embedded organization. */
import { invokedFunction } from '../../local/fake-aws/lambda-service';
import type { ServiceRequest } from '../../local/fake-aws/service';
import { accountOfSession } from '../../local/fake-aws/sts-service';
import type { Call } from './authorization';
import type { EnforcedEnvironment } from './environments';

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
      const action = `organizations:${request.headers['x-amz-target']?.split('.')[1] ?? ''}`;
      return [{ principal, action, resource: '*', account: environment.account }];
    }
    case 'sts': {
      const resource = query.get('RoleArn') ?? '';
      return [{ principal, action: 'sts:AssumeRole', resource, account: resource.split(':')[4] ?? '' }];
    }
    case 'iam':
      return [
        {
          principal,
          action: `iam:${query.get('Action') ?? ''}`,
          resource: '*',
          account: accountOfSession(request.accessKeyId),
        },
      ];
    case 'lambda': {
      const name = invokedFunction(request.url.pathname) ?? '';
      const { account } = environment;
      const resource = `arn:aws:lambda:us-east-1:${account}:function:${name}`;
      return [{ principal, action: 'lambda:InvokeFunction', resource, account }];
    }
    default:
      return callsToS3(request, principal, environment);
  }
}

function callsToS3(
  { method, url, headers }: ServiceRequest,
  principal: string,
  { bucket: { account, keyArn } }: EnforcedEnvironment,
): Call[] {
  const [bucket = '', ...parts] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const call = (action: string) => ({
    principal,
    action,
    resource: `${bucketArn}/${parts.join('/')}`,
    account,
  });
  // S3 calls KMS on behalf of its caller
  // (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service).
  const kms = (action: string): Call[] =>
    keyArn === undefined
      ? []
      : [
          {
            principal,
            action,
            resource: keyArn,
            account,
            context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          },
        ];

  if (parts.join('') === '') {
    const context = { 's3:prefix': url.searchParams.get('prefix') ?? '' };
    return [{ principal, action: 's3:ListBucket', resource: bucketArn, account, context }];
  }
  if (method === 'GET') return [call('s3:GetObject'), ...kms('kms:Decrypt')];
  if (method === 'DELETE') return [call('s3:AbortMultipartUpload')];
  // A multipart upload decrypts its own parts
  // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions).
  const inParts = url.searchParams.has('uploads') || url.searchParams.has('uploadId');
  return [
    call('s3:PutObject'),
    // A conditional write reads the version that it replaces
    // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
    ...(headers['if-match'] ? [call('s3:GetObject')] : []),
    ...kms('kms:GenerateDataKey'),
    ...(inParts ? kms('kms:Decrypt') : []),
  ];
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
