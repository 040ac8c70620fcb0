import { partitionOf } from '../partition';

/** The name of a new bucket, chosen or generated. */
export interface BucketName {
  readonly name: string;
  /**
   * `account-regional`: no other account can ever create a bucket of this name
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html). `global`: any account could take it.
   */
  readonly namespace: 'account-regional' | 'global';
}

/** What a bucket is for, as its generated name begins. */
const STARTS = {
  /** IAM credential reports. */
  reports: 'iam-cr',
  /** Queries about them. */
  queries: 'iam-cq',
} as const;

/**
 * The name of a new bucket. It has at most 62 of the 63 characters that S3 accepts: that of an environment has up to 24, and
 * that of a Region with such namespaces up to 14 today.
 */
export function generatedBucketName(
  environment: string,
  accountId: string,
  region: string,
  purpose: keyof typeof STARTS = 'reports',
): BucketName {
  const name = `${STARTS[purpose]}-${environment}-${accountId}-${region}`;
  return hasAccountNamespaces(region)
    ? { name: `${name}-an`, namespace: 'account-regional' }
    : { name, namespace: 'global' };
}

/** What every name begins with that nobody chose. */
export const GENERATED_STARTS = Object.values(STARTS).map((start) => `${start}-`);

/** Whether a bucket may be one of this project, with a name that nobody chose. */
export const isGenerated = (name: string): boolean =>
  GENERATED_STARTS.some((start) => name.startsWith(start));

/** The partitions and the Regions without it of the page about namespaces; for isolated partitions AWS documents none. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'];
const REGIONS_WITHOUT = ['me-central-1', 'me-south-1'];

const hasAccountNamespaces = (region: string) =>
  PARTITIONS.includes(partitionOf(region).name) && !REGIONS_WITHOUT.includes(region);
