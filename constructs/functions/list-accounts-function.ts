import type { Construct } from 'constructs';
import {
  EXEMPTIONS_FILE,
  LIST_ACCOUNTS_QUOTA,
  listAccountsSettings,
} from '../../handlers/list-accounts/settings';
import { hasCentralRootAccess } from '../../handlers/shared/central-root-access';
import { keyPatterns, prefixPatterns } from '../../handlers/shared/bucket-layout';
import type { RunSettings } from '../../handlers/shared/events';
import { writeSettings } from '../../handlers/shared/settings';
import { ownerAccess } from './owner-access';
import { settingsHash } from '../../handlers/shared/settings-hash';
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import type { ReportBucketReference } from '../storage/bucket-access';
import { bucketSettingsOf, onListing, onObjects } from '../storage/bucket-statements';
import { HandlerFunction } from './handler-function';
import type { CollectReportsFunction } from './collect-reports-function';

/** Options of {@link ListAccountsFunction}. */
export interface ListAccountsFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly logRetentionDays: number;
  readonly operationsKeyArn?: string | undefined;
  /** Accounts in a batch. */
  readonly batchSize: number;
  /** The only settings that the function accepts: those that the state machine passes to it. */
  readonly settings: RunSettings;
  /**
   * The exemptions file that the settings name. It is part of the code: no role that may write to the bucket can change it.
   * @default - there is none
   */
  readonly exemptions?: Uint8Array | undefined;
  readonly organizationId: string;
  /** Whether a delegated administrator collects, and not the management account. */
  readonly isDelegated: boolean;
  /** Invoked with batches while other accounts are still being listed. */
  readonly collectReports: CollectReportsFunction;
}

/** The question whether the organization manages the root credentials of its accounts centrally. */
const listOrganizationsFeatures: Statement = {
  Sid: 'ListOrganizationsFeatures',
  Effect: 'Allow',
  Action: 'iam:ListOrganizationsFeatures',
  // The action does not support resource-level permissions
  // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html).
  Resource: '*',
};

/** Lists the accounts of the organization, has most of them collected meanwhile, and writes the ledger of the run. */
export class ListAccountsFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    {
      deployment,
      bucket,
      batchSize,
      settings,
      organizationId,
      exemptions,
      isDelegated,
      collectReports,
      ...logging
    }: ListAccountsFunctionProps,
  ) {
    const owners = ownerAccess(settings, { bucket, deployment, organizationId, isDelegated });
    super(scope, id, {
      deployment,
      bucket,
      handler: 'list-accounts',
      files: exemptions && { [EXEMPTIONS_FILE]: exemptions },
      ...logging,
      // 50,000 accounts, the most that an organization can have, are 2,500 pages at 8 per second: 311 s
      // (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
      timeoutSeconds: 900,
      memoryMb: 512,
      variables: writeSettings(listAccountsSettings, {
        ...bucketSettingsOf(bucket),
        environment: deployment.environment,
        stateMachine: deployment.stateMachineArn,
        settingsHash: settingsHash(settings),
        batchSize,
        pagesPerSecond: LIST_ACCOUNTS_QUOTA.perSecond,
        collectReportsFunction: collectReports.functionName,
      }),
      statements: [
        {
          Sid: 'ListAccounts',
          Effect: 'Allow',
          Action: 'organizations:ListAccounts',
          // The action does not support resource-level permissions.
          Resource: '*',
        },
        ...(hasCentralRootAccess(deployment.partition) ? [listOrganizationsFeatures] : []),
        {
          Sid: 'DescribeRun',
          Effect: 'Allow',
          Action: 'states:DescribeExecution',
          Resource: deployment.executionsArn,
        },
        {
          Sid: 'InvokeCollectReports',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: collectReports.arn,
        },
        ...owners.statements,
      ],
      bucketStatements: [
        onObjects(bucket, 'WriteLedger', ['s3:GetObject', 's3:PutObject'], [keyPatterns.ledgers]),
        onListing(bucket, 'FindLedger', prefixPatterns.ledgers),
        ...owners.bucketStatements,
      ],
    });
  }
}
