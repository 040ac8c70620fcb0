import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { prefixes } from '../../handlers/shared/bucket-layout';

/** Days for which overwritten and deleted copies can be restored. */
const EARLIER_COPIES_DAYS = 30;

/** Days after which an incomplete multipart upload is removed. */
const INCOMPLETE_UPLOADS_DAYS = 7;

/**
 * Days for which reviews are kept. They are read at the end of their run, which can be redriven for 14 days
 * (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
 */
export const REVIEW_DAYS = 15;

/** Dates, and so the keys of reports, start with this digit until the year 3000. No other key does. */
const REPORTS = '2';

/**
 * What proves something. A version that another run of the same day replaced is named by the manifest of the run that
 * wrote it, so it is kept for as long as a version that is current.
 */
const evidence = {
  reports: REPORTS,
  'service-credentials': prefixes.allServiceCredentials,
  ledgers: prefixes.ledgers,
  outcomes: prefixes.allOutcomes,
  runs: prefixes.runs,
  manifests: prefixes.allManifests,
};

/** What is made from evidence and can be made again. */
const copies = {
  organization: prefixes.allDays,
  tables: prefixes.allTables,
  exports: prefixes.allExports,
  // Written again by every run that uses it.
  directory: prefixes.allDirectories,
};

/**
 * How long the objects of an environment are kept. No two rules that delete versions apply to the same object, because
 * the one with fewer days would decide
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html). Without `retentionDays` evidence has
 * no rule, so none of its versions is ever deleted. Public keys of signatures never have one.
 */
export function lifecycleRules(prefix: string, retentionDays?: number): S3BucketLifecycleConfigurationRule[] {
  const rule = (id: string, below: string) => ({
    id,
    status: 'Enabled',
    filter: [{ prefix: `${prefix}${below}` }],
  });
  const deleted = (days: number) => ({ noncurrentVersionExpiration: [{ noncurrentDays: days }] });
  const expired = retentionDays === undefined ? {} : { expiration: [{ days: retentionDays }] };
  const kept =
    retentionDays === undefined
      ? []
      : Object.entries(evidence).map(([id, below]) => ({
          ...rule(id, below),
          ...expired,
          // Counted from the day on which another version, or the marker of its expiration, took its place.
          ...deleted(retentionDays),
        }));
  return [
    {
      id: 'leftovers',
      status: 'Enabled',
      // In the whole bucket: nobody wants them, whoever left them.
      filter: [{ prefix: '' }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOADS_DAYS }],
      // Removes delete markers without versions. S3 does not allow this in a rule that has days.
      expiration: [{ expiredObjectDeleteMarker: true }],
    },
    {
      ...rule('reviews', prefixes.allReviews),
      expiration: [{ days: Math.min(REVIEW_DAYS, retentionDays ?? Infinity) }],
      // Nobody needs to restore copies that expire anyway.
      ...deleted(1),
    },
    ...Object.entries(copies).map(([id, below]) => ({
      ...rule(id, below),
      ...expired,
      ...deleted(EARLIER_COPIES_DAYS),
    })),
    ...kept,
  ];
}
