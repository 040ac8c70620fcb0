/**
 * Every call that the doctor makes, by the permission that it needs. Nothing else is called, so the policy in
 * `docs/doctor-permissions.json` comes from this table: a check that needs another call adds it here.
 */
import { AccountClient, GetRegionOptStatusCommand } from '@aws-sdk/client-account';
import {
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
  DescribeStackSetCommand,
  ListStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand, IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  DescribeOrganizationCommand,
  DescribeOrganizationalUnitCommand,
  ListDelegatedAdministratorsCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeStateMachineCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsConfiguration } from '../../local/aws-configuration/aws-configuration';
import {
  type Resources,
  buckets,
  everything,
  functions,
  loggingAccountRole,
  objects,
  roles,
  schedules,
  stackSets,
  topics,
  workflows,
} from './resources';

export type ClientConfiguration = AwsConfiguration['client'] & { readonly region: string };

type ClientClass = new (configuration: ClientConfiguration) => {
  // Each client has overloads for its own commands; a call is made of a client and one of them.
  send: (command: never) => unknown;
};

/** A command of an SDK client, with its types. */
interface Command<Input, Output> {
  readonly input: Input;
  readonly resolveMiddleware: (...args: never[]) => (args: never) => Promise<{ output: Output }>;
}

/** One call: which client sends which command, and on what the permission for it is given. */
export interface Call<Input extends object = never, Output extends object = object> {
  readonly Client: ClientClass;
  readonly commandOf: (input: Input) => Command<Input, Output>;
  /** IAM action, where it is not called like the operation. */
  readonly permission: string | undefined;
  readonly resources: Resources;
}

const call = <Input extends object, Output extends object>(
  Client: ClientClass,
  Command: new (input: never) => Command<Input, Output>,
  resources: Resources = everything,
  permission?: string,
): Call<Input, Output> => ({
  Client,
  commandOf: (input) => new Command(input as never),
  resources,
  permission,
});

export const calls = {
  'account:GetRegionOptStatus': call(AccountClient, GetRegionOptStatusCommand),
  'cloudformation:DescribeOrganizationsAccess': call(
    CloudFormationClient,
    DescribeOrganizationsAccessCommand,
  ),
  'cloudformation:DescribeStackSet': call(CloudFormationClient, DescribeStackSetCommand, stackSets),
  'cloudformation:ListStackInstances': call(CloudFormationClient, ListStackInstancesCommand, stackSets),
  'cloudwatch:DescribeAlarms': call(CloudWatchClient, DescribeAlarmsCommand),
  'iam:GetRole': call(IAMClient, GetRoleCommand, roles),
  'iam:ListOrganizationsFeatures': call(IAMClient, ListOrganizationsFeaturesCommand),
  'kms:DescribeKey': call(KMSClient, DescribeKeyCommand),
  'kms:GetKeyPolicy': call(KMSClient, GetKeyPolicyCommand),
  'lambda:GetAccountSettings': call(LambdaClient, GetAccountSettingsCommand),
  'lambda:GetFunctionConcurrency': call(LambdaClient, GetFunctionConcurrencyCommand, functions),
  'lambda:GetFunctionConfiguration': call(LambdaClient, GetFunctionConfigurationCommand, functions),
  'logs:DescribeLogGroups': call(CloudWatchLogsClient, DescribeLogGroupsCommand),
  'organizations:DescribeOrganization': call(OrganizationsClient, DescribeOrganizationCommand),
  'organizations:DescribeOrganizationalUnit': call(OrganizationsClient, DescribeOrganizationalUnitCommand),
  'organizations:ListDelegatedAdministrators': call(OrganizationsClient, ListDelegatedAdministratorsCommand),
  'organizations:ListRoots': call(OrganizationsClient, ListRootsCommand),
  's3:GetBucketOwnershipControls': call(S3Client, GetBucketOwnershipControlsCommand, buckets),
  's3:GetBucketPolicy': call(S3Client, GetBucketPolicyCommand, buckets),
  's3:GetBucketVersioning': call(S3Client, GetBucketVersioningCommand, buckets),
  's3:GetEncryptionConfiguration': call(S3Client, GetBucketEncryptionCommand, buckets),
  's3:GetObject': call(S3Client, GetObjectCommand, objects),
  's3:HeadBucket': call(S3Client, HeadBucketCommand, buckets, 's3:ListBucket'),
  's3:ListBucket': call(S3Client, ListObjectsV2Command, buckets),
  'scheduler:GetSchedule': call(SchedulerClient, GetScheduleCommand, schedules),
  'sns:GetTopicAttributes': call(SNSClient, GetTopicAttributesCommand, topics),
  'sns:ListSubscriptionsByTopic': call(SNSClient, ListSubscriptionsByTopicCommand, topics),
  'states:DescribeStateMachine': call(SFNClient, DescribeStateMachineCommand, workflows),
  'states:ListExecutions': call(SFNClient, ListExecutionsCommand, workflows),
  // Reads nothing and changes nothing; the session is given the right to read only.
  'sts:AssumeRole': call(STSClient, AssumeRoleCommand, loggingAccountRole),
  'sts:GetCallerIdentity': call(STSClient, GetCallerIdentityCommand),
};

export type CallName = keyof typeof calls;
export type InputOf<Name extends CallName> = Parameters<(typeof calls)[Name]['commandOf']>[0];
type Sent<Name extends CallName> = ReturnType<(typeof calls)[Name]['commandOf']>;
export type OutputOf<Name extends CallName> =
  Sent<Name> extends {
    resolveMiddleware: (...args: never[]) => (args: never) => Promise<{ output: infer Output }>;
  }
    ? Output
    : never;

/** The IAM action that a call needs. */
export const permissionOf = (name: CallName): string => calls[name].permission ?? name;
