import { anyText, bucketSettings, optionalPositiveInteger, text } from '../shared/settings';

/** Environment variables of `summarize-run`. */
export const summarizeRunSettings = {
  ...bucketSettings,
  /** Name of the environment, as people read it. */
  environment: text('ENVIRONMENT'),
  partition: text('PARTITION'),
  organizationId: text('ORGANIZATION_ID'),
  /** Account that collects. */
  accountId: text('ACCOUNT_ID'),
  /** Days after which objects of the bucket expire; empty if they do not, or if it is not known. */
  retentionDays: optionalPositiveInteger('RETENTION_DAYS'),
  /** Region in which it collects. */
  region: text('REGION'),
  /** ARN of the KMS key that signs manifests; empty if they are not signed. */
  signingKey: anyText('SIGNING_KEY'),
};
