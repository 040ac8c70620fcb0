import type { Construct } from 'constructs';
import { keyPatterns, prefixPatterns } from '../../handlers/shared/bucket-layout';
import { writeSettings } from '../../handlers/shared/settings';
import { summarizeRunSettings } from '../../handlers/summarize-run/settings';
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import type { ReportBucketReference } from '../storage/bucket-access';
import { HandlerFunction } from './handler-function';

export interface SummarizeRunFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly logRetentionDays: number;
}

/** Reports the coverage, findings and changes of a run: manifest, tables, page and digest. */
export class SummarizeRunFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    { deployment, bucket, logRetentionDays }: SummarizeRunFunctionProps,
  ) {
    const list = (Sid: string, prefix: string): Statement => ({
      Sid,
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucket.arn,
      Condition: { StringLike: { 's3:prefix': prefix } },
    });
    super(scope, id, {
      deployment,
      bucket,
      handler: 'summarize-run',
      logRetentionDays,
      timeoutSeconds: 900,
      // One full vCPU, because it computes more than it waits
      // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
      memoryMb: 1769,
      variables: writeSettings(summarizeRunSettings, {
        reportBucket: bucket.name,
        environment: deployment.environment,
        partition: deployment.partition,
      }),
      bucketStatements: [
        list('ListRuns', prefixPatterns.runs),
        list('ListReportPacks', prefixPatterns.reportPacks),
        list('ListReports', prefixPatterns.reports),
        {
          Sid: 'ReadReports',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${bucket.arn}/${keyPatterns.report}`,
        },
        {
          Sid: 'ReadRuns',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: [
            `${bucket.arn}/${keyPatterns.ledger}`,
            `${bucket.arn}/${keyPatterns.outcomes}`,
            `${bucket.arn}/${keyPatterns.reportPack}`,
            `${bucket.arn}/${keyPatterns.manifest}`,
            `${bucket.arn}/${keyPatterns.snapshot}`,
          ],
        },
        {
          Sid: 'WriteSummary',
          Effect: 'Allow',
          // A failed multipart upload is aborted, so that nobody pays for its parts.
          Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
          Resource: [
            `${bucket.arn}/${keyPatterns.manifest}`,
            `${bucket.arn}/${keyPatterns.snapshot}`,
            `${bucket.arn}/${keyPatterns.organization}`,
            `${bucket.arn}/${keyPatterns.partition}`,
          ],
        },
      ],
    });
  }
}
