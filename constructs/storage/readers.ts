/** What readers may do, stated once for the policies of the bucket and the key, and for the readers' own policy. */
import { keyPatterns } from '../../handlers/shared/bucket-layout';
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import { type ReportBucketReference, currentKeyStatements } from './bucket-access';
import { onListing, onObjects } from './bucket-statements';
import { grantedToReaders } from './reader-principals';

/**
 * What a reader may do with the bucket: read what a run leaves, which `npm run verify` reads in full. Reviews are copies
 * for the run itself.
 */
export function readerStatements(bucket: ReportBucketReference, { environment }: Deployment): Statement[] {
  const { report, serviceCredentials, days, tables, runs, ledgers, outcomes, signingKeys, exports } =
    keyPatterns;
  const manifests = keyPatterns.manifests(environment);
  const objects = onObjects(
    bucket,
    'ReadResults',
    // A report that a later run of the day replaced is read by its version. Amazon Athena asks for the location of the bucket.
    ['s3:GetObject', 's3:GetObjectVersion', 's3:GetBucketLocation'],
    [report, serviceCredentials, days, tables, runs, manifests, ledgers, outcomes, signingKeys, exports],
  );
  return [
    { ...objects, Resource: [bucket.arn, ...[objects.Resource ?? []].flat()] },
    onListing(bucket, 'ListResults', '*', ['s3:ListBucket', 's3:ListBucketVersions']),
  ];
}

/** For the policy of the bucket. */
export const bucketGrantsToReaders = (
  readers: readonly string[],
  bucket: ReportBucketReference,
  deployment: Deployment,
): Statement[] =>
  readerStatements(bucket, deployment).flatMap((statement) =>
    grantedToReaders(readers, statement, deployment, bucket.ownerAccountId),
  );

/**
 * For the policy of the key. In a key policy `*` means the key itself.
 * @param ownerAccountId - account that owns the key
 */
export const keyGrantsToReaders = (
  readers: readonly string[],
  bucket: ReportBucketReference,
  deployment: Deployment,
  ownerAccountId: string,
): Statement[] =>
  currentKeyStatements(readerStatements(bucket, deployment), bucket, deployment).flatMap((statement) =>
    grantedToReaders(readers, { ...statement, Resource: '*' }, deployment, ownerAccountId),
  );

/** For the trust policy of a role that the readers may assume. */
export const readerTrust = (
  readers: readonly string[],
  deployment: Deployment,
  accountId: string,
): Statement[] =>
  grantedToReaders(
    readers,
    { Sid: 'Assume', Effect: 'Allow', Action: 'sts:AssumeRole' },
    deployment,
    accountId,
  );
