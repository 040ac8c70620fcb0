import type { Construct } from 'constructs';
import type { ReportBucketReference } from '../storage/bucket-access';
import type { Deployment } from '../deployment';
import { HandlerFunction } from './handler-function';

export interface SummarizeRunFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly logRetentionDays: number;
}

/** Says what the organization looks like: manifest, tables, page and digest. */
export class SummarizeRunFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    { deployment, bucket, logRetentionDays }: SummarizeRunFunctionProps,
  ) {
    super(scope, id, {
      deployment,
      bucket,
      handler: 'summarize-run',
      logRetentionDays,
      timeoutSeconds: 900,
      // One whole processor: it computes more than it waits (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
      memoryMb: 1769,
      settings: { ENVIRONMENT: deployment.environment },
      bucketStatements: [
        {
          Sid: 'FindOutcomesAndEarlierRuns',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: bucket.arn,
          Condition: { StringLike: { 's3:prefix': 'runs/*' } },
        },
        {
          Sid: 'ListReportPacks',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: bucket.arn,
          Condition: { StringLike: { 's3:prefix': 'report-packs/*' } },
        },
        {
          Sid: 'FindReports',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: bucket.arn,
          Condition: { StringLike: { 's3:prefix': '????-??-??/credentialReport_' } },
        },
        {
          Sid: 'ReadReports',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${bucket.arn}/????-??-??/credentialReport_*.csv`,
        },
        {
          Sid: 'ReadRuns',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: [
            `${bucket.arn}/runs/*/ledger.json`,
            `${bucket.arn}/runs/*/outcomes/*.json`,
            `${bucket.arn}/report-packs/*.json`,
            `${bucket.arn}/runs/*/manifest.json`,
            `${bucket.arn}/runs/*/snapshot.jsonl`,
          ],
        },
        {
          Sid: 'WriteSummary',
          Effect: 'Allow',
          // An upload in parts that broke is taken back, so that nobody pays for its parts.
          Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
          Resource: [
            `${bucket.arn}/runs/*/manifest.json`,
            `${bucket.arn}/runs/*/snapshot.jsonl`,
            `${bucket.arn}/organization/*`,
            `${bucket.arn}/tables/*/symlink.txt`,
          ],
        },
      ],
    });
  }
}
