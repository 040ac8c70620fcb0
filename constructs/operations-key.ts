/**
 * A customer's KMS key for what the collection keeps outside of the bucket: log groups, environment variables of functions,
 * and the input of the schedule. Each function states what one user of the key needs.
 */
import type { HandlerName } from './functions/handler-names';
import type { Deployment } from './deployment';
import type { Statement } from './policy';
import { type Grantee, grantedTo } from './storage/cross-account';

/**
 * For the role of a function: AWS Lambda decrypts its variables as that role
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html).
 */
export const decryptVariables = (
  keyArn: string,
  handler: HandlerName,
  deployment: Deployment,
): Statement => ({
  Sid: 'DecryptVariables',
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: keyArn,
  Condition: {
    StringEquals: {
      'kms:EncryptionContext:aws:lambda:FunctionArn': deployment.functionArn(handler),
    },
  },
});

/**
 * For the role of the schedule, as which EventBridge Scheduler decrypts the input
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html).
 * @param scheduleArn - ARN of the schedule, which the encryption context names
 */
export const decryptInput = (keyArn: string, scheduleArn: string): Statement => ({
  Sid: 'DecryptInput',
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: keyArn,
  Condition: { StringEquals: { 'kms:EncryptionContext:aws:scheduler:schedule:arn': scheduleArn } },
});

/** Everything that uses the key. */
export interface OperationsKeyUsers {
  readonly deployment: Deployment;
  readonly workflow: {
    readonly logGroupName: string;
    readonly functions: readonly (Grantee & {
      readonly logGroupName: string;
      readonly handler: HandlerName;
    })[];
  };
  readonly schedule: { readonly roleArn: string; readonly arn: string };
}

/** For the policy of the key. In a key policy `*` means the key itself. */
export function operationsKeyStatements({ deployment, workflow, schedule }: OperationsKeyUsers): Statement[] {
  const { functions } = workflow;
  const scheduleRole = { handler: 'schedule', roleArn: schedule.roleArn };
  return [
    encryptLogs([workflow, ...functions], deployment),
    ...functions.map((one) => grantedTo(one, decryptVariables('*', one.handler, deployment), deployment)),
    grantedTo(scheduleRole, decryptInput('*', schedule.arn), deployment),
  ];
}

/**
 * CloudWatch Logs has no role here: nothing but the policy of the key lets it use the key
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
 */
const encryptLogs = (logGroups: readonly { logGroupName: string }[], deployment: Deployment): Statement => ({
  Sid: 'EncryptLogs',
  Effect: 'Allow',
  Principal: { Service: deployment.endpoint('logs') },
  Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
  Resource: '*',
  Condition: {
    ArnEquals: {
      'kms:EncryptionContext:aws:logs:arn': logGroups.map(({ logGroupName }) =>
        deployment.arn('logs', `log-group:${logGroupName}`),
      ),
    },
  },
});
