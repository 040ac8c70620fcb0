import { type AwsReader, NotAllowed } from './aws-reader';
import { type ExpectedResource, isKnown } from './expected-stack';
import { bucketReader } from './logging-account';
import { type Subject, callAsOf } from './subject';

/** How to find out whether a name is taken, by the type of the resource in Terraform. */
interface Lookup {
  readonly attribute: string;
  readonly exists: (aws: AwsReader, name: string, subject: Subject) => Promise<boolean>;
}

const lookups: Readonly<Record<string, Lookup>> = {
  aws_sfn_state_machine: {
    attribute: 'name',
    exists: async (aws, _name, { deployment: { stateMachineArn } }) =>
      (await aws.find('states:DescribeStateMachine', { stateMachineArn })) !== undefined,
  },
  aws_lambda_function: {
    attribute: 'function_name',
    exists: async (aws, FunctionName) =>
      (await aws.find('lambda:GetFunctionConfiguration', { FunctionName })) !== undefined,
  },
  aws_iam_role: {
    attribute: 'name',
    exists: async (aws, RoleName) => (await aws.find('iam:GetRole', { RoleName })) !== undefined,
  },
  aws_cloudwatch_log_group: {
    attribute: 'name',
    exists: async (aws, name) => {
      const { logGroups = [] } = await aws.get('logs:DescribeLogGroups', { logGroupNamePrefix: name });
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    },
  },
  aws_kms_alias: {
    attribute: 'name',
    exists: async (aws, KeyId) => (await aws.find('kms:DescribeKey', { KeyId })) !== undefined,
  },
  aws_sns_topic: {
    attribute: 'name',
    exists: async (aws, name, { deployment }) =>
      (await aws.find('sns:GetTopicAttributes', { TopicArn: deployment.arn('sns', name) })) !== undefined,
  },
  aws_scheduler_schedule: {
    attribute: 'name',
    exists: async (aws, Name) => (await aws.find('scheduler:GetSchedule', { Name })) !== undefined,
  },
  aws_cloudformation_stack_set: {
    attribute: 'name',
    exists: async (aws, StackSetName, { environment }) =>
      (await aws.find('cloudformation:DescribeStackSet', { StackSetName, CallAs: callAsOf(environment) })) !==
      undefined,
  },
  aws_s3_bucket: {
    attribute: 'bucket',
    exists: async (aws, Bucket, subject) => {
      try {
        return (await (await bucketReader(aws, subject)).find('s3:HeadBucket', { Bucket })) !== undefined;
      } catch (error) {
        // Whoever owns it, the name is taken; S3 answers 404 for one that is free.
        if (error instanceof NotAllowed && error.permission === 's3:ListBucket') return true;
        throw error;
      }
    },
  },
};

/** A name that the environment gives to a resource, and whether something has it. */
export interface LookedUpName {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Nothing if it is not allowed to look. */
  readonly exists: boolean | undefined;
  readonly missingPermission?: string;
}

/** Looks up every name that the environment gives and that is known before it is deployed. */
export async function lookUpNames(aws: AwsReader, subject: Subject): Promise<LookedUpName[]> {
  const names = subject.stack.resources.flatMap((resource) => {
    const lookup = lookups[resource.type];
    const name = lookup && nameOf(resource, lookup);
    return lookup && name !== undefined
      ? [{ address: resource.address, type: resource.type, name, lookup }]
      : [];
  });
  return Promise.all(
    names.map(async ({ lookup, ...named }) => {
      try {
        return { ...named, exists: await lookup.exists(aws, named.name, subject) };
      } catch (error) {
        if (!(error instanceof NotAllowed)) throw error;
        return { ...named, exists: undefined, missingPermission: error.permission };
      }
    }),
  );
}

function nameOf({ attributes }: ExpectedResource, { attribute }: Lookup): string | undefined {
  const name = String(attributes[attribute]);
  return isKnown(name) ? name : undefined;
}
