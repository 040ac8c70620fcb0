import { keyPatterns, prefixPatterns } from '../../handlers/shared/bucket-layout';
import type { Statement } from '../policy';
import type { ReportBucketReference } from '../storage/bucket-access';
import { onListing, onObjects } from '../storage/bucket-statements';

/**
 * What `summarize-run` may do with the bucket: read what the other functions wrote, and read and write its own files. An
 * environment cannot write the manifests of another one.
 */
export function summarizeRunAccess(
  bucket: ReportBucketReference,
  environment: string,
  { serviceCredentials }: { readonly serviceCredentials: boolean },
): Statement[] {
  const { report, ledgers, outcomes, reviews, runs, signingKeys, days, tables } = keyPatterns;
  const manifests = keyPatterns.manifests(environment);
  const evidence = [report, ...(serviceCredentials ? [keyPatterns.serviceCredentials] : [])];
  return [
    onListing(bucket, 'ListLedgers', prefixPatterns.ledgers),
    onListing(bucket, 'ListOutcomes', prefixPatterns.outcomes),
    onListing(bucket, 'ListReviews', prefixPatterns.reviews),
    onListing(bucket, 'ListReports', prefixPatterns.reports),
    ...(serviceCredentials
      ? [onListing(bucket, 'ListServiceCredentials', prefixPatterns.serviceCredentials)]
      : []),
    onListing(bucket, 'ListRuns', prefixPatterns.runs),
    onListing(bucket, 'ListManifests', prefixPatterns.manifests(environment)),
    onListing(bucket, 'FindPublicKey', signingKeys),
    // A report that a later run of the day replaced is read by its version.
    onObjects(bucket, 'ReadReports', ['s3:GetObject', 's3:GetObjectVersion'], evidence),
    onObjects(bucket, 'ReadRun', 's3:GetObject', [ledgers, outcomes, reviews]),
    onObjects(bucket, 'ReadSummaries', 's3:GetObject', [runs, manifests]),
    onObjects(bucket, 'WriteSummary', 's3:PutObject', [runs, manifests, signingKeys, days, tables]),
    // An upload or copy in parts that fails is aborted, so that nobody pays for its parts.
    onObjects(bucket, 'AbortUploads', 's3:AbortMultipartUpload', [runs, days]),
  ];
}
