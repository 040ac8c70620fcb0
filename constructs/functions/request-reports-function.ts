import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { Construct } from 'constructs';
import { requestReportsSettings } from '../../handlers/request-reports/settings';
import { writeSettings } from '../../handlers/shared/settings';
import type { Deployment } from '../deployment';
import { bundledFunction } from './bundled-function';
import type { CollectReportsFunction } from './collect-reports-function';

export interface RequestReportsFunctionProps {
  readonly deployment: Deployment;
  /** This function shares its role and its log group. */
  readonly collectReports: CollectReportsFunction;
  /** Name of the role that is assumed in every account. */
  readonly reportRoleName: string;
  /**
   * KMS key of the environment variables.
   * @default - AWS Lambda manages the key
   */
  readonly operationsKeyArn?: string | undefined;
  /** Accounts processed at the same time. */
  readonly concurrency: number;
}

/**
 * Requests reports early, while other accounts are still being listed. The report roles trust only the role of
 * `collect-reports`, so this function runs with that role too. It is a separate function so that `list-accounts`, which
 * may invoke it, cannot trigger collection, and so that it uses none of the concurrency reserved for polling.
 */
export class RequestReportsFunction extends Construct {
  readonly arn: string;
  readonly functionName: string;

  constructor(
    scope: Construct,
    id: string,
    {
      deployment,
      collectReports,
      reportRoleName,
      operationsKeyArn,
      concurrency,
    }: RequestReportsFunctionProps,
  ) {
    super(scope, id);
    this.functionName = deployment.nameOf('request-reports');
    this.arn = deployment.functionArn('request-reports');
    const { functionName } = bundledFunction(this, {
      deployment,
      handler: 'request-reports',
      functionName: this.functionName,
      role: collectReports.roleArn,
      // 500 accounts, the largest batch, take about 6 s, 20 accounts at a time.
      timeoutSeconds: 120,
      memoryMb: 512,
      variables: writeSettings(requestReportsSettings, {
        partition: deployment.partition,
        stsRegion: deployment.memberRegion,
        reportRoleName: deployment.roleWithPath(reportRoleName),
        concurrency,
      }),
      kmsKeyArn: operationsKeyArn,
      loggingConfig: { logFormat: 'Text', logGroup: collectReports.logGroupName },
      dependsOn: [collectReports.resource],
    });
    // Nobody waits for it, and a late request is useless: this is the shortest age that AWS Lambda accepts
    // (https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html).
    new LambdaFunctionEventInvokeConfig(this, 'events', {
      functionName,
      maximumEventAgeInSeconds: 60,
      maximumRetryAttempts: 0,
    });
  }
}
