import type { Construct } from 'constructs';
import { collectReportsSettings } from '../../handlers/collect-reports/settings';
import { keyPatterns, prefixPatterns } from '../../handlers/shared/bucket-layout';
import { writeSettings } from '../../handlers/shared/settings';
import type { Deployment } from '../deployment';
import type { ReportBucketReference } from '../storage/bucket-access';
import { bucketSettingsOf, onListing, onObjects } from '../storage/bucket-statements';
import { HandlerFunction } from './handler-function';

/** Options of {@link CollectReportsFunction}. */
export interface CollectReportsFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  /** Name of the role that is assumed in every account. */
  readonly reportRoleName: string;
  readonly organizationId: string;
  /** Whether it stores the service-specific credentials of the accounts too. */
  readonly serviceCredentials: boolean;
  readonly logRetentionDays: number;
  readonly operationsKeyArn?: string | undefined;
  /** Accounts of a batch processed at the same time. */
  readonly batchConcurrency: number;
  readonly reservedConcurrency?: number | undefined;
}

/** Polls the accounts of a batch and stores the reports that are ready. */
export class CollectReportsFunction extends HandlerFunction {
  constructor(scope: Construct, id: string, props: CollectReportsFunctionProps) {
    const { deployment, bucket, reportRoleName, organizationId, serviceCredentials, reservedConcurrency } =
      props;
    const evidence = [keyPatterns.report, ...(serviceCredentials ? [keyPatterns.serviceCredentials] : [])];
    super(scope, id, {
      deployment,
      bucket,
      handler: 'collect-reports',
      logRetentionDays: props.logRetentionDays,
      operationsKeyArn: props.operationsKeyArn,
      reservedConcurrency,
      timeoutSeconds: 300,
      // Room for twenty reports at a time, decoded and parsed. The largest, with 5,000 users, has 5 MB.
      memoryMb: 1024,
      variables: writeSettings(collectReportsSettings, {
        ...bucketSettingsOf(bucket),
        partition: deployment.partition,
        stsRegion: deployment.memberRegion,
        reportRoleName: deployment.roleWithPath(reportRoleName),
        concurrency: props.batchConcurrency,
      }),
      statements: [
        {
          Sid: 'AssumeReportRole',
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          // Any account, because accounts join and leave; the condition limits it to the organization.
          Resource: deployment.roleArn(reportRoleName, '*'),
          Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
        },
      ],
      bucketStatements: [
        onObjects(bucket, 'ReadBatch', 's3:GetObject', [keyPatterns.batches]),
        onObjects(bucket, 'StoreReports', 's3:PutObject', evidence),
        onObjects(bucket, 'WriteReviews', 's3:PutObject', [keyPatterns.reviews]),
        onObjects(bucket, 'RecordOutcomes', ['s3:GetObject', 's3:PutObject'], [keyPatterns.outcomes]),
        onListing(bucket, 'FindOutcomes', prefixPatterns.outcomes),
        // Whether the run is finished. The file itself is not read.
        onListing(bucket, 'FindView', keyPatterns.view),
        // Whether its accounts are listed.
        onListing(bucket, 'FindLedger', keyPatterns.ledger),
      ],
    });
  }
}
