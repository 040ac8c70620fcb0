import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';
import { type Caller, aws } from '../support/emulator/aws-cli';
import { type Organization, clientOf } from '../support/emulator/organization';

/** Lists of the AWS CLI, with what to show of them. */
const LISTS: [command: string, query: string][] = [
  ['lambda list-functions', 'Functions[].FunctionName'],
  ['stepfunctions list-state-machines', 'stateMachines[].name'],
  ['sns list-topics', 'Topics[].TopicArn'],
  ['logs describe-log-groups', 'logGroups[].logGroupName'],
  ['scheduler list-schedules', 'Schedules[].Name'],
  ['cloudformation list-stack-sets', "Summaries[?Status=='ACTIVE'].StackSetName"],
  ['kms list-aliases', 'Aliases[].AliasName'],
];

/**
 * Names of all that a collection is made of: the account that runs it is looked through, and every account for
 * roles and buckets.
 */
export async function inventory(caller: Caller, organization: Organization): Promise<string[]> {
  const lists = LISTS.map(([command, query]) => aws<string[] | null>(caller, command, { query }));
  const found = (await Promise.all(lists)).flatMap((names) => names ?? []);
  for (const name of organization.accounts.keys()) {
    const administrator = await organization.administrator(name);
    const ofAccount = [...(await roles(administrator)), ...(await bucketsOf(administrator))];
    found.push(...ofAccount.map((what) => `${name}: ${what}`));
  }
  return found.sort();
}

async function roles(caller: Caller): Promise<string[]> {
  const names: string[] = [];
  for await (const { Roles } of paginateListRoles({ client: new IAMClient(clientOf(caller)) }, {})) {
    names.push(...(Roles ?? []).map(({ RoleName = '' }) => RoleName));
  }
  return names;
}

/** Names of the buckets of an account. */
export async function bucketsOf(caller: Caller): Promise<string[]> {
  const { Buckets } = await new S3Client(clientOf(caller)).send(new ListBucketsCommand({}));
  return (Buckets ?? []).map(({ Name = '' }) => Name);
}
