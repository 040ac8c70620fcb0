import type { Construct } from 'constructs';
import type { BucketOfReports } from './bucket-access';
import type { Deployment } from './deployment';
import { HandlerFunction } from './handler-function';

export interface SummariseRunFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: BucketOfReports;
  readonly logRetentionDays: number;
}

/** Holds the ledger of the run against its outcomes and writes the manifest. */
export class SummariseRunFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    { deployment, bucket, logRetentionDays }: SummariseRunFunctionProps,
  ) {
    super(scope, id, {
      deployment,
      bucket,
      handler: 'summarise-run',
      logRetentionDays,
      timeoutSeconds: 900,
      memoryMb: 1024,
      settings: { ENVIRONMENT: deployment.environment },
      bucketStatements: [
        {
          Sid: 'FindOutcomes',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: bucket.arn,
          Condition: { StringLike: { 's3:prefix': 'runs/*' } },
        },
        {
          Sid: 'ReadRun',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: [`${bucket.arn}/runs/*/ledger.json`, `${bucket.arn}/runs/*/outcomes/*.json`],
        },
        {
          Sid: 'WriteManifest',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${bucket.arn}/runs/*/manifest.json`,
        },
      ],
    });
  }
}
