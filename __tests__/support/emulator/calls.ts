/** Which permission a request to AWS needs. */
import type { Gap, Request } from './front';
import { queryOf } from './front';

/** Where the service that signs is called otherwise in policies. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch' };

/** Actions of Amazon S3 by method and the part of the bucket that is asked for; policies have names of their own. */
const S3_ACTIONS: Record<string, string> = {
  'HEAD ': 'ListBucket',
  'GET ': 'ListBucket',
  'GET accelerate': 'GetAccelerateConfiguration',
  'GET acl': 'GetBucketAcl',
  'GET cors': 'GetBucketCORS',
  'GET encryption': 'GetEncryptionConfiguration',
  'GET lifecycle': 'GetLifecycleConfiguration',
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
  'GET website': 'GetBucketWebsite',
};

/** Actions of services whose requests are named by their path. */
const PATHS: [service: string, request: RegExp, action: string][] = [
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+$/, 'GetFunction'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['lambda', /^GET \/2015-03-31\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['lambda', /^GET \/2020-06-30\/functions\/[^/]+\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['lambda', /^GET \/2019-09-25\/functions\/[^/]+\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
  ['lambda', /^GET \/2019-09-30\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['lambda', /^GET \/2017-03-31\/tags\//, 'ListTags'],
  ['s3', /^GET \/v20180820\/tags\//, 'ListTagsForResource'],
  ['scheduler', /^GET \/schedules\/[^/]+$/, 'GetSchedule'],
];

/** The action as policies name it, such as `s3:GetBucketPolicy`. */
export function actionOf(request: Request): string {
  const { headers, method, path } = request;
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const url = new URL(path, 'http://localhost');
  const named =
    String(headers['x-amz-target'] ?? '').split('.')[1] ??
    queryOf(request).get('Action') ??
    /\/operation\/(\w+)$/.exec(url.pathname)?.[1] ??
    PATHS.find(([of, pattern]) => of === service && pattern.test(`${method} ${url.pathname}`))?.[2] ??
    (service === 's3' ? s3Action(method, url) : undefined);
  return `${PREFIXES[service] ?? service}:${named ?? `(${method} ${path})`}`;
}

function s3Action(method: string, { searchParams }: URL): string | undefined {
  const [part = ''] = [...searchParams.keys()].filter((key) => key !== 'x-id');
  return S3_ACTIONS[`${method} ${part}`];
}

/** Notes the action of every request that passes. */
export const noteOf = (actions: Set<string>): Gap => ({
  before: (request) => {
    actions.add(actionOf(request));
    return undefined;
  },
});
