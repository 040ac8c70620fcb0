import { partitionOf } from '../partition';

/** Every name that nobody chose starts with it. */
export const GENERATED_PREFIX = 'iam-cr-';

/** A bucket name that nobody chose. */
export interface GeneratedName {
  readonly name: string;
  /**
   * `account-regional`: no other account can ever create a bucket of this name
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html). `global`: any account could take it.
   */
  readonly namespace: 'account-regional' | 'global';
}

/**
 * The name of a new bucket. It has at most 62 of the 63 characters that S3 accepts: that of an environment has up to 24, and
 * that of a Region with such namespaces up to 14 today.
 */
export function generatedBucketName(environment: string, accountId: string, region: string): GeneratedName {
  const name = `${GENERATED_PREFIX}${environment}-${accountId}-${region}`;
  return hasAccountNamespaces(region)
    ? { name: `${name}-an`, namespace: 'account-regional' }
    : { name, namespace: 'global' };
}

/** The partitions and the Regions without it of the page about namespaces; for isolated partitions AWS documents none. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'];
const REGIONS_WITHOUT = ['me-central-1', 'me-south-1'];

const hasAccountNamespaces = (region: string) =>
  PARTITIONS.includes(partitionOf(region).name) && !REGIONS_WITHOUT.includes(region);
