import type { Construct } from 'constructs';
import type { RequestReportsFunction } from './request-reports-function';
import type { ReportBucketReference } from '../storage/bucket-access';
import type { Deployment } from '../deployment';
import { HandlerFunction } from './handler-function';

export interface ListAccountsFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly logRetentionDays: number;
  /** Accounts of a batch. */
  readonly batchSize: number;
  /** Is told of accounts while others are still being listed. */
  readonly requestReports: RequestReportsFunction;
}

/** Lists the accounts of the organization, has them asked meanwhile, and writes the ledger of the run. */
export class ListAccountsFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    { deployment, bucket, logRetentionDays, batchSize, requestReports }: ListAccountsFunctionProps,
  ) {
    super(scope, id, {
      deployment,
      bucket,
      handler: 'list-accounts',
      logRetentionDays,
      // 50,000 accounts, the most that an organization may have, are 2,500 pages at 8 a second: 311 s
      // (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
      timeoutSeconds: 900,
      memoryMb: 512,
      settings: {
        BATCH_SIZE: String(batchSize),
        REQUEST_REPORTS_FUNCTION: requestReports.functionName,
      },
      statements: [
        {
          Sid: 'ListAccounts',
          Effect: 'Allow',
          Action: 'organizations:ListAccounts',
          // The action knows no resource.
          Resource: '*',
        },
        {
          Sid: 'PrefetchReports',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: requestReports.arn,
        },
      ],
      bucketStatements: [
        {
          Sid: 'WriteLedger',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: [`${bucket.arn}/runs/*/ledger.json`, `${bucket.arn}/runs/*/batches/*.json`],
        },
      ],
    });
  }
}
