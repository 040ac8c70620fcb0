/** What the functions send to the bucket, as a bucket policy sees it. */
import { protectionOf } from '../../handlers/shared/aws/object-protection';
import type { Subject } from './subject';

/** A condition key that every request lacks. */
export const ABSENT = Symbol('absent');

/** Condition keys, in lower case, whose value is known; nothing is known of others. */
export type RequestContext = ReadonlyMap<string, string | typeof ABSENT>;

export interface BucketRequest {
  readonly action: string;
  /** ARN, or a pattern of ARNs. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What decides what they send. */
export type Sender = Pick<Subject, 'caller' | 'deployment' | 'organization' | 'environment' | 'stack'>;

/** One request for each action and pattern that the policies of the functions allow. */
export function bucketRequests(sender: Sender): BucketRequest[] {
  return sender.stack.bucketUsers.flatMap(({ roleArn, bucketStatements }) =>
    bucketStatements.flatMap(({ Action, Resource = [] }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => ({
          action,
          resource,
          context: contextOf(sender, roleArn, action),
        })),
      ),
    ),
  );
}

/** The functions are in no VPC, and their roles sign in without a second factor. */
const ABSENT_KEYS = [
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:multifactorauthpresent',
];

function contextOf(sender: Sender, roleArn: string, action: string): RequestContext {
  const { caller, deployment, organization, environment, stack } = sender;
  const organizationId = environment.organizationId ?? organization?.id;
  return new Map<string, string | typeof ABSENT>([
    ['aws:securetransport', 'true'],
    // The SDK of Node.js 24 negotiates 1.3, or 1.2.
    ['s3:tlsversion', '1.2'],
    ['s3:signatureversion', 'AWS4-HMAC-SHA256'],
    ['s3:authtype', 'REST-HEADER'],
    ['aws:requestedregion', deployment.region],
    ['aws:principalarn', roleArn],
    ['aws:principalaccount', caller.account],
    ['aws:principaltype', 'AssumedRole'],
    ['aws:principalisawsservice', 'false'],
    ['aws:viaawsservice', 'false'],
    ['aws:resourceaccount', stack.bucket.ownerAccountId],
    ['s3:resourceaccount', stack.bucket.ownerAccountId],
    ...(organizationId === undefined ? [] : ([['aws:principalorgid', organizationId]] as const)),
    ...ABSENT_KEYS.map((key) => [key, ABSENT] as const),
    // S3 asks for the permission to set an ACL as part of the same request.
    ...(['s3:PutObject', 's3:PutObjectAcl'].includes(action) ? headersOfPut(sender) : []),
  ]);
}

/** The headers that a condition can ask for. */
function headersOfPut({ stack: { bucket } }: Sender): [string, string | typeof ABSENT][] {
  const { requestedEncryption: bucketEncryption, objectAcl: bucketAcl } = bucket;
  const { ServerSideEncryption, SSEKMSKeyId, ACL } = protectionOf({ bucketEncryption, bucketAcl });
  return [
    ['s3:x-amz-server-side-encryption', ServerSideEncryption ?? ABSENT],
    ['s3:x-amz-server-side-encryption-aws-kms-key-id', SSEKMSKeyId ?? ABSENT],
    ['s3:x-amz-server-side-encryption-customer-algorithm', ABSENT],
    ['s3:x-amz-acl', ACL ?? ABSENT],
    ['s3:x-amz-storage-class', 'STANDARD'],
  ];
}
