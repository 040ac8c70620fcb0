import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Construct } from 'constructs';
import { bundledFunction } from './bundled-function';
import { type ReportBucketReference, type BucketUser, keyStatements } from '../storage/bucket-access';
import type { Deployment } from '../deployment';
import type { HandlerName } from './handler-bundle';
import { type Statement, policyJson, serviceTrust } from '../policy';
import { traceFunction } from '../tracing';

export interface HandlerFunctionProps {
  readonly deployment: Deployment;
  /** Which handler; also names the function, its role and its log group. */
  readonly handler: HandlerName;
  /** Environment variables of the function beside `REPORT_BUCKET`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly bucket: ReportBucketReference;
  /** What the function may do with the bucket and its objects. */
  readonly bucketStatements: readonly Statement[];
  /**
   * What it may do beside that and writing its log.
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly logRetentionDays: number;
  /**
   * Concurrency that is kept for the function alone, and is the most that it gets.
   * @default - what is free in the account
   */
  readonly reservedConcurrency?: number | undefined;
}

/** A function of the workflow with a role and a log group of its own. */
export class HandlerFunction extends Construct implements BucketUser {
  readonly handler: HandlerName;
  readonly bucketStatements: readonly Statement[];
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly resource: LambdaFunction;
  readonly functionName: string;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { deployment, handler, bucket, bucketStatements, timeoutSeconds } = props;
    const functionName = deployment.nameOf(handler);
    const logGroupName = `/aws/lambda/${functionName}`;
    this.functionName = functionName;
    this.logGroupName = logGroupName;
    this.arn = deployment.arn('lambda', `function:${functionName}`);
    this.roleArn = deployment.roleArn(functionName);
    this.timeoutSeconds = timeoutSeconds;
    this.handler = handler;
    this.bucketStatements = bucketStatements;

    const logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: logGroupName,
      retentionInDays: props.logRetentionDays,
    });
    const role = new IamRole(this, 'role', {
      name: functionName,
      assumeRolePolicy: serviceTrust('lambda.amazonaws.com', deployment.accountId),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: handler,
      role: role.name,
      policy: policyJson(
        ...(props.statements ?? []),
        ...bucketStatements,
        ...keyStatements(bucketStatements, bucket, deployment),
        {
          Sid: 'WriteLog',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: `${deployment.arn('logs', `log-group:${logGroupName}`)}:*`,
        },
        traceFunction,
      ),
    });
    this.resource = bundledFunction(this, {
      handler,
      functionName,
      role: role.arn,
      timeoutSeconds,
      memoryMb: props.memoryMb,
      settings: { REPORT_BUCKET: bucket.name, ...props.settings },
      reservedConcurrentExecutions: props.reservedConcurrency,
      // A function that runs before its log group exists makes one itself, without retention.
      dependsOn: [logGroup, policy],
    });
  }
}
