import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { Construct } from 'constructs';
import { bundledFunction } from './bundled-function';
import type { CollectReportsFunction } from './collect-reports-function';
import type { Deployment } from '../deployment';

export interface RequestReportsFunctionProps {
  readonly deployment: Deployment;
  /** Whose role it takes and whose log it writes. */
  readonly collectReports: CollectReportsFunction;
  /** Name of the role that it assumes in every account. */
  readonly reportRoleName: string;
  /** Accounts that are asked at the same time. */
  readonly concurrency: number;
}

/**
 * Asks accounts for their reports while others are still being listed. Accounts trust one role, that of
 * `collect-reports`, so this function runs in it too. It is a function of its own so that `list-accounts`, which may
 * invoke it, cannot have reports collected, and so that it takes none of the concurrency that is reserved for looks.
 */
export class RequestReportsFunction extends Construct {
  readonly arn: string;
  readonly functionName: string;

  constructor(
    scope: Construct,
    id: string,
    { deployment, collectReports, reportRoleName, concurrency }: RequestReportsFunctionProps,
  ) {
    super(scope, id);
    this.functionName = deployment.nameOf('request-reports');
    this.arn = deployment.arn('lambda', `function:${this.functionName}`);
    const { functionName } = bundledFunction(this, {
      handler: 'request-reports',
      functionName: this.functionName,
      role: collectReports.roleArn,
      // 500 accounts, the most of a batch, take some 6 s when 20 are asked at the same time.
      timeoutSeconds: 120,
      memoryMb: 512,
      settings: {
        REPORT_ROLE_NAME: reportRoleName,
        PARTITION: deployment.partition,
        CONCURRENCY: String(concurrency),
      },
      loggingConfig: { logFormat: 'Text', logGroup: collectReports.logGroupName },
      dependsOn: [collectReports.resource],
    });
    // Nobody waits for it, and later it would be of no use: the least age that AWS Lambda takes
    // (https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html).
    new LambdaFunctionEventInvokeConfig(this, 'events', {
      functionName,
      maximumEventAgeInSeconds: 60,
      maximumRetryAttempts: 0,
    });
  }
}
