/** What the functions send to the bucket, as a bucket policy sees it. */
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

/** One request for each action and pattern that the policies of the functions allow. */
export function bucketRequests(subject: Subject): BucketRequest[] {
  return subject.stack.bucketUsers.flatMap(({ roleArn, bucketStatements }) =>
    bucketStatements.flatMap(({ Action, Resource = [] }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => ({
          action,
          resource,
          context: contextOf(subject, roleArn, action),
        })),
      ),
    ),
  );
}

function contextOf(subject: Subject, roleArn: string, action: string): RequestContext {
  const { caller, deployment, organization, environment, stack } = subject;
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
    // The functions are in no VPC.
    ...['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip', 'aws:sourceaccount', 'aws:sourcearn'].map(
      (key) => [key, ABSENT] as const,
    ),
    ...(action === 's3:PutObject' ? headersOfPut(subject) : []),
  ]);
}

/** The headers that a condition can ask for: what the settings of the functions make of them. */
function headersOfPut({ stack: { bucket } }: Subject): [string, string | typeof ABSENT][] {
  const { requestedEncryption, objectAcl } = bucket;
  const isKey = requestedEncryption.startsWith('arn:');
  return [
    ['s3:x-amz-server-side-encryption', isKey ? 'aws:kms' : requestedEncryption || ABSENT],
    ['s3:x-amz-server-side-encryption-aws-kms-key-id', isKey ? requestedEncryption : ABSENT],
    ['s3:x-amz-server-side-encryption-customer-algorithm', ABSENT],
    ['s3:x-amz-acl', objectAcl || ABSENT],
    ['s3:x-amz-storage-class', 'STANDARD'],
  ];
}
