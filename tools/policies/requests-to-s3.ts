import type { ServiceRequest } from '../../local/fake-aws/service';
import type { Call } from './authorization';
import type { EnforcedEnvironment } from './environments';

/** The IAM actions and resources of a request to Amazon S3, with what S3 does for its caller. */
export function callsToS3(
  { method, url, headers }: ServiceRequest,
  principal: string,
  {
    bucket: { account, keyArn },
  }: { readonly bucket: Pick<EnforcedEnvironment['bucket'], 'account' | 'keyArn'> },
): Call[] {
  const [bucket = '', ...parts] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const call = (action: string, key = parts.join('/'), context?: Call['context']) => ({
    ...{ principal, action, resource: `${bucketArn}/${key}`, account },
    ...(context && { context }),
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
            account: keyArn.split(':')[4] ?? '',
            context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          },
        ];

  if (url.searchParams.has('location'))
    return [{ principal, action: 's3:GetBucketLocation', resource: bucketArn, account }];
  if (parts.join('') === '') {
    const action = url.searchParams.has('versions') ? 's3:ListBucketVersions' : 's3:ListBucket';
    const context = { 's3:prefix': url.searchParams.get('prefix') ?? '' };
    return [{ principal, action, resource: bucketArn, account, context }];
  }
  if (method === 'GET') {
    const action = url.searchParams.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject';
    return [call(action), ...kms('kms:Decrypt')];
  }
  if (method === 'DELETE') return [call('s3:AbortMultipartUpload')];
  // A multipart upload decrypts its own parts
  // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions).
  const source = copiedKey(headers['x-amz-copy-source']);
  const inParts = url.searchParams.has('uploads') || url.searchParams.has('uploadId');
  const { 'x-amz-acl': acl } = headers;
  return [
    call('s3:PutObject', undefined, contextOf(headers)),
    ...(acl === undefined ? [] : [call('s3:PutObjectAcl', undefined, { 's3:x-amz-acl': acl })]),
    // A conditional write reads the version that it replaces
    // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
    ...(headers['if-match'] ? [call('s3:GetObject')] : []),
    // A copy reads its source (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
    ...(source === undefined ? [] : [call('s3:GetObject', source), ...kms('kms:Decrypt')]),
    ...kms('kms:GenerateDataKey'),
    ...(inParts ? kms('kms:Decrypt') : []),
  ];
}

/** The key that a copy reads; nothing if the request is no copy. */
const copiedKey = (source: string | undefined) =>
  source === undefined
    ? undefined
    : decodeURIComponent(source.replace(/^\/?[^/]+\//, '').replace(/\?.*$/, ''));

/** Headers that are condition keys too. */
const CONDITION_KEYS = [
  'if-none-match',
  'x-amz-acl',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
];

const contextOf = (headers: ServiceRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    CONDITION_KEYS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[`s3:${name}`, value]];
    }),
  );
