/** The table of deny patterns for one bucket and key, and environments that pass different ones. */
import { denyPatterns } from '../../tools/existing-bucket/deny-patterns';

const KEY = 'arn:aws:kms:us-east-1:333333333333:key/1234-ab';

export const organizationId = 'o-exampleorg1';

export const patterns = denyPatterns({ bucketArn: 'arn:aws:s3:::reports', keyArn: KEY, organizationId });

const buckets = [
  { kind: 'existing', name: 'reports' },
  { kind: 'existing', name: 'reports', accountId: '333333333333' },
];
const encryptions = [
  { kind: 'bucket-default' },
  { kind: 's3-managed' },
  { kind: 'existing-key', keyArn: KEY },
  { kind: 'existing-key', keyArn: `${KEY}2` },
];
export const environments = buckets.flatMap((bucket) =>
  encryptions.map((encryption) => ({
    bucket,
    encryption,
    organizationId,
    roleDeployment: { kind: 'none' },
  })),
);
