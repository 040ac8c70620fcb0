/** Every question of `npm run configure`. To ask for another field, add a row. */
import type { Environment } from '../../constructs/environment';
import { digestOccasions } from '../../handlers/contract';
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
    explanation: 'Everything but the roles is made there; the partition (China, GovCloud) follows from it.',
    kind: 'text',
    lookedUp: ({ region }) => region,
  },
  {
    id: 'collectFrom',
    field: 'collectFrom',
    text: 'The account that collects is',
    explanation:
      'Deploy to the management account, or better to a delegated administrator of CloudFormation StackSets, ' +
      'which keeps the management account free of workloads.',
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
      'Roles are trusted within it only. If it is left empty, Terraform looks it up, and reads every account into ' +
      'its state to do so: large organizations name it.',
    kind: 'text',
    lookedUp: ({ organizationId }) => organizationId,
  },
  {
    id: 'roleDeployment',
    field: 'roleDeployment.kind',
    text: 'How does the report role get into the accounts',
    explanation:
      'stack-set: by a service-managed StackSet, also into accounts that join later. none: by a pipeline of yours, ' +
      'with the module of `npm run build:role-module`.',
    kind: { oneOf: ['stack-set', 'none'] },
  },
  {
    id: 'targets',
    field: 'roleDeployment.targets',
    text: 'Root or organizational units that get the role',
    explanation:
      'Ids r-… or ou-…, with commas. Empty: the root, which Terraform then looks up with every account.',
    kind: 'list',
    needs: [byStackSet],
    lookedUp: ({ rootId }) => rootId,
  },
  {
    id: 'bucket',
    field: 'bucket.kind',
    text: 'Bucket of the reports',
    explanation: 'new: made and protected by this project. existing: only used, nothing about it is changed.',
    kind: { oneOf: ['new', 'existing'] },
  },
  {
    id: 'bucketName',
    field: 'bucket.name',
    text: 'Name of the bucket',
    explanation: 'A new bucket has a name made of environment and account if this is left empty.',
    kind: 'text',
  },
  {
    id: 'bucketAccount',
    field: 'bucket.accountId',
    text: 'Account that owns the bucket',
    explanation:
      'Empty if it is the one that collects. Otherwise an output says what its policy has to contain.',
    kind: 'text',
    showsAccounts: true,
    needs: [is('bucket', 'existing')],
  },
  {
    id: 'loggingAccount',
    field: 'loggingAccount.accountId',
    text: 'Account that gets bucket and key',
    explanation:
      'Auditors like reports in a logging account that administrators of the organization cannot change. Empty: the ' +
      'account that collects.',
    kind: 'text',
    whole: 'loggingAccount',
    showsAccounts: true,
    needs: [newBucket],
  },
  {
    id: 'loggingRole',
    field: 'loggingAccount.roleName',
    text: 'Role there that Terraform takes',
    explanation: 'It makes bucket and key in that account.',
    kind: 'text',
    needs: [newBucket, inLoggingAccount],
    proposal: () => 'OrganizationAccountAccessRole',
  },
  {
    id: 'encryption',
    field: 'encryption.kind',
    text: 'Encryption of the reports',
    explanation:
      's3-managed: by S3, free. new-key: a KMS key is made, $1 a month. existing-key: yours; its policy has to let the ' +
      'functions use it.',
    kind: { oneOf: ['s3-managed', 'new-key', 'existing-key'] },
  },
  {
    id: 'keyArn',
    field: 'encryption.keyArn',
    text: 'ARN of the KMS key',
    explanation: 'In the Region of the environment.',
    kind: 'text',
    needs: [is('encryption', 'existing-key')],
  },
  {
    id: 'retentionDays',
    field: 'retentionDays',
    text: 'Days that reports are kept',
    explanation: 'Empty: for ever.',
    kind: 'number',
    needs: [newBucket],
  },
  {
    id: 'alertEmails',
    field: 'alertEmails',
    text: 'Addresses that get the alerts',
    explanation:
      'With commas. Each gets a mail from AWS to confirm. Empty: the topic is there for whom you subscribe.',
    kind: 'list',
  },
  {
    id: 'digest',
    field: 'digest',
    text: 'When is a mail sent',
    explanation:
      'failures: accounts failed. new-findings: that, or credentials newly break a check. always: every day.',
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
    explanation: 'An IANA name. UTC has no hour that a change of the clocks skips.',
    kind: 'text',
  },
  {
    id: 'exclude',
    field: 'accounts.exclude',
    text: 'Accounts that are not collected',
    explanation:
      'Ids, with commas. They are skipped, and the summary says so. The StackSet of a delegated administrator does ' +
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
    explanation: 'Ids ou-…, with commas; the same as the targets of the StackSet. Empty: all.',
    kind: 'list',
    rarely: true,
  },
  {
    id: 'excludeOus',
    field: 'accounts.excludeOus',
    text: 'Organizational units whose accounts are not collected',
    explanation: 'Ids ou-…, with commas.',
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
    explanation: 'One of those that CloudWatch Logs knows.',
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
    explanation: 'NAME=VALUE, with commas.',
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
    explanation: 'It has to be there already.',
    kind: 'text',
    needs: [is('backend', 's3')],
  },
  {
    id: 'stateRegion',
    field: 'backend.region',
    text: 'Region of that bucket',
    explanation: 'It may be another than that of the collection.',
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
