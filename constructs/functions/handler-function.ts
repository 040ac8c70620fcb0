import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { type FunctionMetricName, type Metric, functionMetric } from '../metric';
import { decryptVariables } from '../operations-key';
import { type Statement, policyJson, serviceTrust } from '../policy';
import { type BucketUser, type ReportBucketReference, keyStatements } from '../storage/bucket-access';
import { onAcls } from '../storage/bucket-statements';
import { canTraceFunctions, traceFunction } from '../tracing';
import { bundledFunction } from './bundled-function';
import type { HandlerName } from './handler-names';

/** Options of {@link HandlerFunction}. */
export interface HandlerFunctionProps {
  readonly deployment: Deployment;
  /** The handler; it also names the function, its role and its log group. */
  readonly handler: HandlerName;
  /**
   * Files beside the code, by name.
   * @default - none
   */
  readonly files?: Readonly<Record<string, Uint8Array>> | undefined;
  /** Environment variables: what `writeSettings` returns for the settings of the handler. */
  readonly variables: Readonly<Record<string, string>>;
  readonly bucket: ReportBucketReference;
  /** What the function may do with the bucket and its objects. */
  readonly bucketStatements: readonly Statement[];
  /**
   * Permissions besides those to use the bucket and to write the log.
   * @default - none
   */
  readonly statements?: readonly Statement[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly logRetentionDays: number;
  /**
   * KMS key of the log group and the environment variables.
   * @default - CloudWatch Logs and AWS Lambda manage the keys
   */
  readonly operationsKeyArn?: string | undefined;
  /**
   * Concurrency reserved for the function, which is also its limit.
   * @default - it shares the unreserved concurrency of the account
   */
  readonly reservedConcurrency?: number | undefined;
}

/** A function of the workflow, with its own role and log group. */
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
    const { deployment, handler, bucket, timeoutSeconds, memoryMb, variables } = props;
    const { operationsKeyArn } = props;
    const bucketStatements = [...props.bucketStatements, ...onAcls(bucket, props.bucketStatements)];
    const functionName = deployment.nameOf(handler);
    const logGroupName = `/aws/lambda/${functionName}`;
    this.functionName = functionName;
    this.logGroupName = logGroupName;
    this.arn = deployment.functionArn(handler);
    this.roleArn = deployment.roleArn(functionName);
    this.timeoutSeconds = timeoutSeconds;
    this.handler = handler;
    this.bucketStatements = bucketStatements;

    const logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: logGroupName,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: operationsKeyArn,
    });
    const role = new IamRole(this, 'role', {
      ...deployment.roleSettings,
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
        ...(operationsKeyArn === undefined ? [] : [decryptVariables(operationsKeyArn, handler, deployment)]),
        ...(canTraceFunctions(deployment) ? [traceFunction] : []),
      ),
    });
    this.resource = bundledFunction(this, {
      deployment,
      handler,
      files: props.files,
      functionName,
      role: role.arn,
      timeoutSeconds,
      memoryMb,
      variables,
      kmsKeyArn: operationsKeyArn,
      reservedConcurrentExecutions: props.reservedConcurrency,
      // A function that runs before its log group exists creates the group itself, without retention.
      dependsOn: [logGroup, policy],
    });
  }

  /** A metric of the function, such as of its errors. */
  metric(name: FunctionMetricName): Metric {
    return functionMetric(this.functionName, name);
  }
}
