import { type DenyStatement, assertNotDenied } from './bucket-policy';
import { placeOf } from './place';
import { ServiceError, type ServiceRequest, type ServiceResponse } from '../service';

/** How the buckets protect what is stored in them. */
export interface BucketProtection {
  /**
   * ARN of the KMS key of their default encryption.
   * @default - keys that S3 manages
   */
  defaultKey?: string | undefined;
  /**
   * Whether the account of the bucket owns every object, so that ACLs are off (`BucketOwnerEnforced`).
   * @default true
   */
  enforcesOwner?: boolean | undefined;
  /**
   * What the policy of the buckets denies.
   * @default - nothing
   */
  denials?: readonly DenyStatement[] | undefined;
  /**
   * Condition keys that say who calls, and from where.
   * @default - none is known
   */
  callers?: Readonly<Record<string, string>> | undefined;
}

const ENCRYPTION = 'x-amz-server-side-encryption';
const KEY = 'x-amz-server-side-encryption-aws-kms-key-id';
const ACL = 'x-amz-acl';

type Headers = Record<string, string>;

/**
 * Refuses what the settings or the policy of a bucket do not allow, and remembers how each object is encrypted. Requests for
 * parts cannot say it: they count as protected as their upload. Amazon documents no rule for that; clients that write
 * only in parts meet policies that deny uploads without encryption
 * (https://github.com/awslabs/mountpoint-s3/issues/534).
 */
export function protectedBucket(
  serve: (request: ServiceRequest) => ServiceResponse,
  { defaultKey, enforcesOwner = true, denials = [], callers = {} }: BucketProtection,
): (request: ServiceRequest) => ServiceResponse {
  const byDefault = defaultKey === undefined ? { [ENCRYPTION]: 'AES256' } : encryptionBy(defaultKey);
  const ofUploads = new Map<string, Headers>();
  const ofObjects = new Map<string, Headers>();

  return (request) => {
    const { path, key } = placeOf(request.url.pathname);
    const upload = request.url.searchParams.get('uploadId');
    const kind = kindOf(request);
    const said = saidBy(request, kind);
    if (enforcesOwner) assertOwnersAcl(said);
    const protection = upload === null ? said : (ofUploads.get(upload) ?? {});
    const context = {
      ...{ 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', ...callers },
      's3:if-none-match': request.headers['if-none-match'],
      ...Object.fromEntries(Object.entries(protection).map(([name, value]) => [`s3:${name}`, value])),
    };
    assertNotDenied(denials, { action: actionOf(request, kind), path, context });

    const response = serve(request);
    const encryption = pick(protection, [ENCRYPTION, KEY]);
    const used = ENCRYPTION in encryption ? encryption : byDefault;
    const version = `${path}\n${response.headers?.['x-amz-version-id'] ?? ''}`;
    if (kind === 'starts') ofUploads.set(uploadIdIn(response), said);
    if (kind === 'creates') ofObjects.set(version, used);
    if (kind === 'reads')
      return key === '' ? response : saying(response, ofObjects.get(version) ?? byDefault);
    return kind === 'other' ? response : saying(response, used);
  };
}

/** What a request does to objects: only those that create one, or start an upload, may say how it is protected. */
type Kind = 'creates' | 'starts' | 'part' | 'reads' | 'other';

function kindOf({ method, url: { searchParams: query } }: ServiceRequest): Kind {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  if (method === 'POST') return query.has('uploads') ? 'starts' : 'creates';
  if (method === 'PUT') return query.has('partNumber') ? 'part' : 'creates';
  return 'other';
}

/** The headers about protection of a request that may have them. */
function saidBy({ headers, url }: ServiceRequest, kind: Kind): Headers {
  const said = pick(headers, [ENCRYPTION, KEY, ACL]);
  const isComplete = url.searchParams.has('uploadId');
  if ((kind !== 'creates' && kind !== 'starts') || isComplete) {
    const [header] = Object.keys(said);
    if (header !== undefined) throw invalid(`${header} header is not supported for this operation.`);
  }
  const { [ENCRYPTION]: encryption, [KEY]: key } = said;
  if (encryption !== undefined && encryption !== 'AES256' && encryption !== 'aws:kms')
    throw invalid('The encryption method specified is not supported', 'InvalidEncryptionAlgorithmError');
  if (key !== undefined && encryption !== 'aws:kms')
    throw invalid(
      `Server Side Encryption with AWS KMS managed key requires HTTP header ${ENCRYPTION} : aws:kms`,
    );
  return said;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function assertOwnersAcl({ [ACL]: acl }: Headers): void {
  if (acl !== undefined && acl !== 'bucket-owner-full-control')
    throw invalid('The bucket does not allow ACLs', 'AccessControlListNotSupported');
}

function actionOf({ method, url: { pathname, searchParams: query } }: ServiceRequest, kind: Kind): string {
  if (kind === 'reads') return placeOf(pathname).key === '' ? 's3:ListBucket' : 's3:GetObject';
  if (method === 'DELETE') return query.has('uploadId') ? 's3:AbortMultipartUpload' : 's3:DeleteObject';
  return 's3:PutObject';
}

const encryptionBy = (key: string): Headers => ({ [ENCRYPTION]: 'aws:kms', [KEY]: key });

const invalid = (message: string, code = 'InvalidArgument') => new ServiceError(400, code, message);

const uploadIdIn = ({ body = '' }: ServiceResponse) => /<UploadId>(.*?)</.exec(body.toString())?.[1] ?? '';

const saying = (response: ServiceResponse, headers: Headers): ServiceResponse => ({
  ...response,
  headers: { ...response.headers, ...headers },
});

const pick = (headers: Readonly<Record<string, string | undefined>>, names: readonly string[]): Headers =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
