/** What policies call the action of a request to AWS. */
import { type Request, queryOf } from '../front';

/** Actions of Amazon S3 by method and the part of the bucket that is meant; policies have names of their own. */
const BUCKET_ACTIONS: Record<string, string> = {
  'DELETE ': 'DeleteBucket',
  'DELETE encryption': 'PutEncryptionConfiguration',
  'DELETE lifecycle': 'PutLifecycleConfiguration',
  'DELETE ownershipControls': 'PutBucketOwnershipControls',
  'DELETE policy': 'DeleteBucketPolicy',
  'DELETE publicAccessBlock': 'PutBucketPublicAccessBlock',
  'DELETE tagging': 'PutBucketTagging',
  'GET ': 'ListBucket',
  'GET accelerate': 'GetAccelerateConfiguration',
  'GET acl': 'GetBucketAcl',
  'GET cors': 'GetBucketCORS',
  'GET encryption': 'GetEncryptionConfiguration',
  'GET lifecycle': 'GetLifecycleConfiguration',
  'GET list-type': 'ListBucket',
  'GET location': 'GetBucketLocation',
  'GET logging': 'GetBucketLogging',
  'GET object-lock': 'GetBucketObjectLockConfiguration',
  'GET ownershipControls': 'GetBucketOwnershipControls',
  'GET policy': 'GetBucketPolicy',
  'GET publicAccessBlock': 'GetBucketPublicAccessBlock',
  'GET replication': 'GetReplicationConfiguration',
  'GET requestPayment': 'GetBucketRequestPayment',
  'GET tagging': 'GetBucketTagging',
  'GET versioning': 'GetBucketVersioning',
  'GET versions': 'ListBucketVersions',
  'GET website': 'GetBucketWebsite',
  'HEAD ': 'ListBucket',
  'POST delete': 'DeleteObjectVersion',
  'PUT ': 'CreateBucket',
  'PUT encryption': 'PutEncryptionConfiguration',
  'PUT lifecycle': 'PutLifecycleConfiguration',
  'PUT logging': 'PutBucketLogging',
  'PUT object-lock': 'PutBucketObjectLockConfiguration',
  'PUT ownershipControls': 'PutBucketOwnershipControls',
  'PUT policy': 'PutBucketPolicy',
  'PUT publicAccessBlock': 'PutBucketPublicAccessBlock',
  'PUT tagging': 'PutBucketTagging',
  'PUT versioning': 'PutBucketVersioning',
};

const OBJECT_ACTIONS: Record<string, string> = {
  DELETE: 'DeleteObject',
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
};

/** What is no part of a bucket in the query string of a request. */
const NOT_A_PART = /^(x-id|prefix|max-keys|delimiter|encoding-type|key-marker|version-id-marker)$/;

/** Actions of services whose requests are named by their method and path. */
const PATHS: [service: string, request: RegExp, action: string][] = [
  ['lambda', /^POST \/2015-03-31\/functions$/, 'CreateFunction'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['lambda', /^DELETE \/2015-03-31\/functions\/[^/]+$/, 'DeleteFunction'],
  ['lambda', /^PUT \/2015-03-31\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['lambda', /^PUT \/2015-03-31\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['lambda', /^GET \/2020-06-30\/functions\/[^/]+\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['lambda', /^GET \/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
  ['lambda', /^PUT \/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, 'PutFunctionEventInvokeConfig'],
  [
    'lambda',
    /^DELETE \/2019-09-25\/functions\/[^/]+\/event-invoke-config$/,
    'DeleteFunctionEventInvokeConfig',
  ],
  ['lambda', /^GET \/2019-09-30\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['lambda', /^PUT \/2017-10-31\/functions\/[^/]+\/concurrency$/, 'PutFunctionConcurrency'],
  ['lambda', /^DELETE \/2017-10-31\/functions\/[^/]+\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['lambda', /^GET \/2017-03-31\/tags\//, 'ListTags'],
  ['lambda', /^POST \/2017-03-31\/tags\//, 'TagResource'],
  ['lambda', /^DELETE \/2017-03-31\/tags\//, 'UntagResource'],
  ['s3', /^GET \/v20180820\/tags\//, 'ListTagsForResource'],
  ['s3', /^POST \/v20180820\/tags\//, 'TagResource'],
  ['s3', /^DELETE \/v20180820\/tags\//, 'UntagResource'],
  ['scheduler', /^POST \/schedules\/[^/]+$/, 'CreateSchedule'],
  ['scheduler', /^GET \/schedules\/[^/]+$/, 'GetSchedule'],
  ['scheduler', /^PUT \/schedules\/[^/]+$/, 'UpdateSchedule'],
  ['scheduler', /^DELETE \/schedules\/[^/]+$/, 'DeleteSchedule'],
];

/** @throws if it is not known: then a policy that allows it cannot be told from one that does not */
export function actionName(request: Request, service: string): string {
  const { headers, method, path } = request;
  const url = new URL(path, 'http://localhost');
  const named =
    String(headers['x-amz-target'] ?? '').split('.')[1] ??
    queryOf(request).get('Action') ??
    /\/operation\/(\w+)$/.exec(url.pathname)?.[1] ??
    PATHS.find(([of, pattern]) => of === service && pattern.test(`${method} ${url.pathname}`))?.[2] ??
    (service === 's3' ? s3Action(method, url) : undefined);
  if (named === undefined) throw new Error(`no action of ${service} is known for ${method} ${path}`);
  return named;
}

function s3Action(method: string, { pathname, searchParams }: URL): string | undefined {
  if (/^\/[^/]+\/./.test(pathname)) {
    const isVersion = searchParams.has('versionId') && (method === 'GET' || method === 'DELETE');
    return OBJECT_ACTIONS[method] && `${OBJECT_ACTIONS[method]}${isVersion ? 'Version' : ''}`;
  }
  const [part = ''] = [...searchParams.keys()].filter((key) => !NOT_A_PART.test(key));
  return BUCKET_ACTIONS[`${method} ${part}`];
}
