/** Every question of `npm run configure`. To ask for another field, add a row. */
import type { Environment } from '../../constructs/environment/environment';
import { digestOccasions } from '../../handlers/shared/events';
import { flagOf } from './answer';
import { type Draft, defaultOf, fieldOf } from './draft';
import type { Facts } from './facts';

/** What a proposal can be made from. */
export interface Known {
  readonly facts: Facts;
  readonly draft: Draft;
  /** Of this environment. */
  readonly name: string;
  readonly others: ReadonlyMap<string, Environment>;
}

/** The answer to another question without which a question makes no sense. */
export interface Need {
  /** Field of the other question. */
  readonly field: string;
  /** The answer as an option, such as `--bucket new`. */
  readonly option: string;
  readonly isMet: (draft: Draft) => boolean;
}

export interface Question {
  /** Also the flag: `reportRoleName` is `--report-role-name`. */
  readonly id: string;
  /** Field of the environment file that the answer is written to; what is allowed there is allowed as an answer. */
  readonly field: string;
  readonly text: string;
  /** Why it is asked and what follows from the answer, in a sentence or two. */
  readonly explanation: string;
  /** How the answer is written: a list is split at commas, a record is NAME=VALUE pairs. */
  readonly kind: 'text' | 'number' | 'list' | 'record' | 'yes-no' | { readonly oneOf: readonly string[] };
  /**
   * Otherwise the question is not asked, what it is about is taken out, and its flag is refused.
   * @default - it always makes sense
   */
  readonly needs?: readonly Need[];
  /** What AWS knows about it: then it is not asked, and the flag is for who wants otherwise. */
  readonly lookedUp?: (facts: Facts) => string | undefined;
  /** Why the default would be a guess, if it would: then nothing is written before somebody has answered. */
  readonly noDefault?: (facts: Facts) => string | undefined;
  /**
   * A proposal.
   * @default - that of the schema
   */
  readonly proposal?: (known: Known) => string | undefined;
  /**
   * What goes when the answer is empty.
   * @default - the field
   */
  readonly whole?: string;
  /** The accounts of the organization help to answer it. */
  readonly showsAccounts?: true;
  /** The default is right for most: it is asked with --all only. */
  readonly rarely?: true;
}

const is = (id: string, kind: string): Need => ({
  field: `${id}.kind`,
  option: `${flagOf({ id })} ${kind}`,
  isMet: (draft) => (fieldOf(draft, `${id}.kind`) ?? defaultOf(`${id}.kind`)) === kind,
});
const newBucket = is('bucket', 'new');
const byStackSet = is('roleDeployment', 'stack-set');
const inLoggingAccount: Need = {
  field: 'loggingAccount.accountId',
  option: flagOf({ id: 'loggingAccount' }),
  isMet: (draft) => fieldOf(draft, 'loggingAccount.accountId') !== undefined,
};
const delegated = (draft: Draft) => fieldOf(draft, 'collectFrom') === 'delegated-administrator';

/** What the answers so far lack for a question to make sense. */
export const unmetNeed = ({ needs }: Question, draft: Draft) => needs?.find(({ isMet }) => !isMet(draft));

export const questions: readonly Question[] = [
  {
    id: 'region',
    field: 'region',
    text: 'Region',
    explanation:
      'Bucket, functions and workflow are made in this Region; the report roles have none. A Region of China or GovCloud ' +
      'also decides the partition.',
    kind: 'text',
    lookedUp: ({ region }) => region,
  },
  {
    id: 'collectFrom',
    field: 'collectFrom',
    text: 'The account that collects is',
    explanation:
      'Better than the management account is a delegated administrator of CloudFormation StackSets: the management ' +
      'account then stays free of workloads.',
    kind: { oneOf: ['management-account', 'delegated-administrator'] },
    lookedUp: ({ accountId, managementAccountId, rootId }) => {
      if (accountId === undefined || managementAccountId === undefined) return undefined;
      if (accountId === managementAccountId) return 'management-account';
      // Other accounts of the organization may not see its root.
      return rootId === undefined ? undefined : 'delegated-administrator';
    },
    noDefault: ({ accountId, managementAccountId, rootId }) =>
      accountId !== undefined &&
      managementAccountId !== undefined &&
      accountId !== managementAccountId &&
      rootId === undefined
        ? `not known: account ${accountId} is not the management account, which is ${managementAccountId}, and may ` +
          'not see what a delegated administrator sees'
        : undefined,
  },
  {
    id: 'organizationId',
    field: 'organizationId',
    text: 'Id of the organization',
    explanation:
      'The report roles trust callers of this organization only. If it is left empty, Terraform looks it up and, to do ' +
      'so, reads every account into its state: name it if the organization is large.',
    kind: 'text',
    lookedUp: ({ organizationId }) => organizationId,
  },
  {
    id: 'roleDeployment',
    field: 'roleDeployment.kind',
    text: 'How does the report role get into the accounts',
    explanation:
      'stack-set: a service-managed StackSet makes it, also in accounts that join later. none: a pipeline of yours makes ' +
      'it, with the module of `npm run build:role-module`.',
    kind: { oneOf: ['stack-set', 'none'] },
  },
  {
    id: 'targets',
    field: 'roleDeployment.targets',
    text: 'Root or organizational units that get the role',
    explanation:
      'Ids r-… or ou-…, separated by commas. If it is left empty, the role goes to the root of the organization, which ' +
      'Terraform looks up, and with it every account.',
    kind: 'list',
    needs: [byStackSet],
    lookedUp: ({ rootId }) => rootId,
  },
  {
    id: 'bucket',
    field: 'bucket.kind',
    text: 'Bucket of the reports',
    explanation:
      'new: Terraform makes and protects it. existing: a bucket of yours, whose settings are left as they are.',
    kind: { oneOf: ['new', 'existing'] },
  },
  {
    id: 'bucketName',
    field: 'bucket.name',
    text: 'Name of the bucket',
    explanation: 'If it is left empty, a new bucket gets a name made of environment and account.',
    kind: 'text',
  },
  {
    id: 'bucketAccount',
    field: 'bucket.accountId',
    text: 'Account that owns the bucket',
    explanation:
      'If it is left empty, the account that collects. For another account, an output says what the policy of the ' +
      'bucket has to contain.',
    kind: 'text',
    showsAccounts: true,
    needs: [is('bucket', 'existing')],
  },
  {
    id: 'loggingAccount',
    field: 'loggingAccount.accountId',
    text: 'Account that gets bucket and key',
    explanation:
      'A logging account keeps the reports where those who collect them cannot change them. If it is left empty, ' +
      'bucket and key are made in the account that collects.',
    kind: 'text',
    whole: 'loggingAccount',
    showsAccounts: true,
    needs: [newBucket],
  },
  {
    id: 'loggingRole',
    field: 'loggingAccount.roleName',
    text: 'Role in that account that Terraform assumes',
    explanation: 'Terraform makes bucket and key with it.',
    kind: 'text',
    needs: [newBucket, inLoggingAccount],
    proposal: () => 'OrganizationAccountAccessRole',
  },
  {
    id: 'encryption',
    field: 'encryption.kind',
    text: 'Encryption of the reports',
    explanation:
      's3-managed: with keys of S3, free. new-key: with a KMS key that is made for it, $1 a month. existing-key: with a ' +
      'KMS key of yours, whose policy has to let the functions use it.',
    kind: { oneOf: ['s3-managed', 'new-key', 'existing-key'] },
  },
  {
    id: 'keyArn',
    field: 'encryption.keyArn',
    text: 'ARN of the KMS key',
    explanation:
      'arn:…:kms:REGION:ACCOUNT:key/ID, of a key in the Region of the environment; an alias will not do.',
    kind: 'text',
    needs: [is('encryption', 'existing-key')],
  },
  {
    id: 'retentionDays',
    field: 'retentionDays',
    text: 'Days that reports are kept',
    explanation:
      'Older reports are deleted from the new bucket. If it is left empty, reports are kept for ever.',
    kind: 'number',
    needs: [newBucket],
  },
  {
    id: 'alertEmails',
    field: 'alertEmails',
    text: 'Addresses that get the alerts',
    explanation:
      'Separated by commas; each gets a mail from AWS to confirm. If it is left empty, nobody gets alerts until you ' +
      'subscribe somebody to the SNS topic.',
    kind: 'list',
  },
  {
    id: 'digest',
    field: 'digest',
    text: 'When is a mail sent',
    explanation:
      'failures: when accounts failed. new-findings: also when credentials newly break a check. always: every day.',
    kind: { oneOf: digestOccasions },
  },
  {
    id: 'hour',
    field: 'schedule.hour',
    text: 'Hour at which a run starts',
    explanation: 'From 0 to 23, every day.',
    kind: 'number',
  },
  {
    id: 'timezone',
    field: 'schedule.timezone',
    text: 'Time zone of that hour',
    explanation: 'An IANA name, such as Europe/Vienna. UTC has no hour that a change of the clocks skips.',
    kind: 'text',
  },
  {
    id: 'exclude',
    field: 'accounts.exclude',
    text: 'Accounts that are not collected',
    explanation:
      'Ids, separated by commas. They are skipped, and the summary says so. The StackSet of a delegated administrator does ' +
      'not reach the management account: it is skipped unless you give it the role yourself.',
    kind: 'list',
    showsAccounts: true,
    proposal: ({ facts, draft }) =>
      delegated(draft) && byStackSet.isMet(draft) ? facts.managementAccountId : undefined,
  },
  {
    id: 'includeOus',
    field: 'accounts.includeOus',
    text: 'Organizational units whose accounts are collected',
    explanation:
      'Ids ou-…, separated by commas, as in the targets of the StackSet. If it is left empty, all accounts are collected.',
    kind: 'list',
    rarely: true,
  },
  {
    id: 'excludeOus',
    field: 'accounts.excludeOus',
    text: 'Organizational units whose accounts are not collected',
    explanation: 'Ids ou-…, separated by commas.',
    kind: 'list',
    rarely: true,
  },
  {
    id: 'athena',
    field: 'athena',
    text: 'Tables for Amazon Athena',
    explanation:
      'Makes reports, credentials and findings queryable by SQL; costs nothing until somebody asks.',
    kind: 'yes-no',
  },
  {
    id: 'reportRoleName',
    field: 'reportRoleName',
    text: 'Name of the role in every account',
    explanation: 'Two environments of one organization need two names.',
    kind: 'text',
    proposal: ({ name, others }) => {
      const usual = String(defaultOf('reportRoleName'));
      return [...others.values()].some(({ reportRoleName }) => reportRoleName === usual)
        ? `${usual}-${name}`
        : undefined;
    },
    rarely: true,
  },
  {
    id: 'logRetentionDays',
    field: 'logRetentionDays',
    text: 'Days that logs are kept',
    explanation: 'A number of days that CloudWatch Logs accepts, such as 30, 90 or 365.',
    kind: 'number',
    rarely: true,
  },
  {
    id: 'waitSeconds',
    field: 'waiting.seconds',
    text: 'Seconds between two looks at reports that are being made',
    explanation: 'Seconds × cycles is how long an account may take.',
    kind: 'number',
    rarely: true,
  },
  {
    id: 'waitCycles',
    field: 'waiting.cycles',
    text: 'Looks until a report counts as not ready',
    explanation: 'Seconds × cycles is how long an account may take.',
    kind: 'number',
    rarely: true,
  },
  {
    id: 'tags',
    field: 'tags',
    text: 'Tags of every resource',
    explanation: 'NAME=VALUE, separated by commas.',
    kind: 'record',
    rarely: true,
  },
  {
    id: 'backend',
    field: 'backend.kind',
    text: 'Where Terraform keeps its state',
    explanation:
      'local: in this folder, for a trial. s3: in a bucket of yours, locked. cloud: HCP Terraform or Terraform Enterprise.',
    kind: { oneOf: ['local', 's3', 'cloud'] },
  },
  {
    id: 'stateBucket',
    field: 'backend.bucket',
    text: 'Bucket of the state',
    explanation: 'A bucket that exists already; Terraform does not make it.',
    kind: 'text',
    needs: [is('backend', 's3')],
  },
  {
    id: 'stateRegion',
    field: 'backend.region',
    text: 'Region of that bucket',
    explanation: 'It may differ from the Region of the environment.',
    kind: 'text',
    needs: [is('backend', 's3')],
    proposal: ({ draft }) => String(fieldOf(draft, 'region') ?? defaultOf('region')),
  },
  {
    id: 'cloudOrganization',
    field: 'backend.organization',
    text: 'Organization at HCP Terraform',
    explanation: 'Its workspace has the name of the environment, unless the file says another.',
    kind: 'text',
    needs: [is('backend', 'cloud')],
  },
];
