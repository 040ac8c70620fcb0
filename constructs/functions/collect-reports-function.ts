import type { Construct } from 'constructs';
import type { ReportBucketReference } from '../storage/bucket-access';
import type { Deployment } from '../deployment';
import { HandlerFunction } from './handler-function';

export interface CollectReportsFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  /** Name of the role that it assumes in every account. */
  readonly reportRoleName: string;
  readonly organizationId: string;
  readonly logRetentionDays: number;
  /** Accounts of a batch that are worked on at the same time. */
  readonly batchConcurrency: number;
  readonly reservedConcurrency?: number | undefined;
}

/** Asks the accounts of a batch for their reports and stores those that are ready. */
export class CollectReportsFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, props: CollectReportsFunctionProps) {
    const { deployment, bucket, reportRoleName, organizationId, logRetentionDays, reservedConcurrency } =
      props;
    super(scope, id, {
      deployment,
      bucket,
      handler: 'collect-reports',
      logRetentionDays,
      reservedConcurrency,
      timeoutSeconds: 300,
      // Twenty reports of 5 MB, the most that 5,000 users make, decoded and parsed at the same time.
      memoryMb: 1024,
      settings: {
        REPORT_ROLE_NAME: reportRoleName,
        PARTITION: deployment.partition,
        CONCURRENCY: String(props.batchConcurrency),
      },
      statements: [
        {
          Sid: 'AssumeReportRole',
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          // Any account, since accounts come and go; the organization is the boundary.
          Resource: deployment.roleArn(reportRoleName, '*'),
          Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
        },
      ],
      bucketStatements: [
        {
          Sid: 'ReadBatch',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${bucket.arn}/runs/*/batches/*.json`,
        },
        {
          Sid: 'StoreReports',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${bucket.arn}/*/credentialReport_*.csv`,
        },
        {
          Sid: 'WriteReportPacks',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${bucket.arn}/report-packs/*.json`,
        },
        {
          Sid: 'KeepOutcomes',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: `${bucket.arn}/runs/*/outcomes/*.json`,
        },
      ],
    });
  }
}
