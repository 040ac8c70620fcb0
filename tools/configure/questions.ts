/** Every question of `npm run configure`. To ask for another field, add an entry. */
import { NO_REGION } from '../../local/aws-configuration/region';
import { defaultOf } from '../support/option-list';
import { flagOf } from './answer';
import type { AwsContext } from './aws-context';
import { type EnvironmentJson, getField } from './environment-json';
import type { Prerequisite, Question } from './question';

const kindIs = (id: string, kind: string): Prerequisite => ({
  field: `${id}.kind`,
  option: `${flagOf({ id })} ${kind}`,
  isMet: (json) => (getField(json, `${id}.kind`) ?? defaultOf(`${id}.kind`)) === kind,
});
const isNewBucket = kindIs('bucket', 'new');
const usesStackSet = kindIs('roleDeployment', 'stack-set');
const usesS3Backend = kindIs('backend', 's3');
const hasLoggingAccount: Prerequisite = {
  field: 'loggingAccount.accountId',
  option: flagOf({ id: 'loggingAccount' }),
  isMet: (json) => getField(json, 'loggingAccount.accountId') !== undefined,
};
const isDelegated = (json: EnvironmentJson) => getField(json, 'collectFrom') === 'delegated-administrator';

export const questions: readonly Question[] = [
  {
    id: 'region',
    field: 'region',
    prompt: 'Region',
    lookUp: ({ region }) => region?.name,
    foundIn: ({ region }) => region?.from,
    whyDefault: NO_REGION,
  },
  {
    id: 'collectFrom',
    field: 'collectFrom',
    prompt: 'Account that runs the collection',
    lookUp: lookUpCollector,
    whyNoDefault: whyCollectorIsUnknown,
  },
  {
    id: 'organizationId',
    field: 'organizationId',
    prompt: 'Organization ID',
    lookUp: ({ organizationId }) => organizationId,
  },
  { id: 'roleDeployment', field: 'roleDeployment.kind', prompt: 'Deployment of the report role' },
  {
    id: 'targets',
    field: 'roleDeployment.targets',
    prompt: 'Root or organizational units that get the report role',
    prerequisites: [usesStackSet],
    lookUp: ({ rootId }) => rootId,
  },
  {
    id: 'includeOus',
    field: 'accounts.includeOus',
    prompt: 'Organizational units to collect',
    isAdvanced: true,
  },
  { id: 'bucket', field: 'bucket.kind', prompt: 'Report bucket' },
  { id: 'bucketName', field: 'bucket.name', prompt: 'Bucket name' },
  {
    id: 'bucketPrefix',
    field: 'bucket.prefix',
    prompt: 'Prefix of the keys in the bucket',
    isAdvanced: true,
  },
  {
    id: 'bucketAccount',
    field: 'bucket.accountId',
    prompt: 'Account that owns the bucket',
    showsAccounts: true,
    prerequisites: [kindIs('bucket', 'existing')],
  },
  {
    id: 'loggingAccount',
    field: 'loggingAccount.accountId',
    prompt: 'Logging account for the bucket and the keys',
    removes: 'loggingAccount',
    showsAccounts: true,
    prerequisites: [isNewBucket],
  },
  {
    id: 'loggingRole',
    field: 'loggingAccount.roleName',
    prompt: 'Role that Terraform assumes in the logging account',
    prerequisites: [isNewBucket, hasLoggingAccount],
    propose: () => 'OrganizationAccountAccessRole',
  },
  { id: 'encryption', field: 'encryption.kind', prompt: 'Encryption of the reports' },
  {
    id: 'keyArn',
    field: 'encryption.keyArn',
    prompt: 'ARN of the KMS key',
    prerequisites: [kindIs('encryption', 'existing-key')],
  },
  {
    id: 'retentionDays',
    field: 'retentionDays',
    prompt: 'Days to keep reports',
    prerequisites: [isNewBucket],
  },
  { id: 'signing', field: 'signing', prompt: 'Signatures of the manifests', isAdvanced: true },
  { id: 'alertEmails', field: 'alertEmails', prompt: 'Email addresses for alerts' },
  { id: 'digest', field: 'digest', prompt: 'When to send a digest' },
  { id: 'hour', field: 'schedule.hour', prompt: 'Hour of the daily run' },
  { id: 'timezone', field: 'schedule.timezone', prompt: 'Time zone of that hour' },
  {
    id: 'exclude',
    field: 'accounts.exclude',
    prompt: 'Accounts to exclude',
    showsAccounts: true,
    propose: ({ aws, json }) =>
      isDelegated(json) && usesStackSet.isMet(json) ? aws.managementAccountId : undefined,
  },
  {
    id: 'excludeOus',
    field: 'accounts.excludeOus',
    prompt: 'Organizational units to exclude',
    isAdvanced: true,
  },
  { id: 'athena', field: 'athena', prompt: 'Tables for Amazon Athena' },
  {
    id: 'reportRoleName',
    field: 'reportRoleName',
    prompt: 'Name of the report role',
    isAdvanced: true,
    propose: ({ name, others }) => {
      const usual = String(defaultOf('reportRoleName'));
      const isTaken = [...others.values()].some(({ reportRoleName }) => reportRoleName === usual);
      return isTaken ? `${usual}-${name}` : undefined;
    },
  },
  { id: 'logRetentionDays', field: 'logRetentionDays', prompt: 'Days to keep logs', isAdvanced: true },
  { id: 'waitSeconds', field: 'waiting.seconds', prompt: 'Seconds per waiting cycle', isAdvanced: true },
  { id: 'waitCycles', field: 'waiting.cycles', prompt: 'Waiting cycles', isAdvanced: true },
  { id: 'tags', field: 'tags', prompt: 'Tags', isAdvanced: true },
  { id: 'backend', field: 'backend.kind', prompt: 'Terraform state' },
  {
    id: 'stateBucket',
    field: 'backend.bucket',
    prompt: 'Bucket for the state',
    prerequisites: [usesS3Backend],
  },
  {
    id: 'stateRegion',
    field: 'backend.region',
    prompt: 'Region of that bucket',
    prerequisites: [usesS3Backend],
    propose: ({ json }) => String(getField(json, 'region') ?? defaultOf('region')),
  },
  {
    id: 'cloudOrganization',
    field: 'backend.organization',
    prompt: 'HCP Terraform organization',
    prerequisites: [kindIs('backend', 'cloud')],
  },
];

function lookUpCollector({ accountId, managementAccountId, rootId }: AwsContext): string | undefined {
  if (accountId === undefined || managementAccountId === undefined) return undefined;
  if (accountId === managementAccountId) return 'management-account';
  // Only a delegated administrator sees the root from a member account.
  return rootId === undefined ? undefined : 'delegated-administrator';
}

function whyCollectorIsUnknown(aws: AwsContext): string | undefined {
  const { accountId, managementAccountId } = aws;
  const isLookedUp = accountId !== undefined && managementAccountId !== undefined;
  if (!isLookedUp || lookUpCollector(aws) !== undefined) return undefined;
  return (
    `must be set, because account ${accountId} is not the management account, ${managementAccountId}, and may or may not ` +
    'be a delegated administrator'
  );
}
