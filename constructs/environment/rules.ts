import type { ZodType } from 'zod';
import { partitionOf } from '../partition';
import { isGenerated } from '../storage/bucket-name';
import { partitionOfReader } from './readers';
import { isAdministratorRole, isSameRole } from './roles';
import {
  type ImpossibleSettings,
  type RunSize,
  impossibleKinds,
  impossibleSettings,
} from '../workflow/run-times';
import { placeOfKey } from './storage';

/** Rules between fields. They run even if fields are invalid, so that every problem is reported at once. */

/** What a rule may read; fields can have any value, since they may be invalid. */
interface Unchecked {
  readonly region?: unknown;
  readonly collectFrom?: unknown;
  readonly reportRoleName?: unknown;
  readonly allowAdministratorRole?: unknown;
  readonly roles?: { readonly path?: unknown; readonly permissionsBoundary?: unknown };
  readonly roleDeployment?: { readonly kind?: string; readonly targets?: unknown };
  readonly bucket?: { readonly kind?: string; readonly name?: unknown };
  readonly encryption?: {
    readonly kind?: string;
    readonly keyArn?: unknown;
    readonly formerKeyArns?: unknown;
  };
  readonly loggingAccount?: { readonly roleName?: unknown };
  readonly readers?: unknown;
  readonly retentionDays?: unknown;
  readonly objectLock?: { readonly days?: unknown };
  readonly accessLogging?: { readonly bucketName?: unknown };
  readonly operationsKeyArn?: unknown;
  readonly tags?: unknown;
  readonly scale?: { readonly batchSize?: unknown; readonly mapConcurrency?: unknown };
  readonly waiting?: { readonly seconds?: unknown; readonly cycles?: unknown };
}

interface Rule {
  /** The field that breaks the rule. */
  readonly path: string[];
  /** Completes the sentence "FIELD …". */
  readonly message: string | ((environment: Unchecked) => string);
  readonly isBroken: (environment: Unchecked) => boolean;
}

const cannotBeSet = 'cannot be set when `bucket.kind` is `existing`';
const isExisting = ({ bucket }: Unchecked) => bucket?.kind === 'existing';

const partitionNameOf = (region: unknown) =>
  typeof region === 'string' ? partitionOf(region).name : undefined;

/** Nothing here adds any, and those of AWS do not count (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const MOST_TAGS = 50;

const namesIn = (tags: unknown) => (typeof tags === 'object' && tags !== null ? Object.keys(tags) : []);

const hasAdministratorRole = ({ reportRoleName }: Unchecked) => isAdministratorRole(reportRoleName);
const isStackSet = ({ roleDeployment }: Unchecked) => roleDeployment?.kind === 'stack-set';
/** Settings that cannot work; none if one of their fields is invalid. */
function impossible({ scale, waiting }: Unchecked): ImpossibleSettings[] {
  const size = { ...scale, waiting: { ...waiting } };
  const numbers = [size.batchSize, size.mapConcurrency, size.waiting.seconds, size.waiting.cycles];
  if (!numbers.every((value) => Number.isInteger(value) && Number(value) > 0)) return [];
  return impossibleSettings(size as RunSize);
}

const rules: readonly Rule[] = [
  ...impossibleKinds.map((kind) => {
    const found = (environment: Unchecked) => impossible(environment).find((one) => one.kind === kind);
    return {
      path: [kind === 'time limit' ? 'waiting' : 'scale'],
      message: (environment: Unchecked) => found(environment)?.message ?? '',
      isBroken: (environment: Unchecked) => found(environment) !== undefined,
    };
  }),
  {
    path: ['reportRoleName'],
    message:
      "must not be an administrator's role: whoever changes the code of the functions could administer every account. Use " +
      'a role of its own, or set `allowAdministratorRole` to true',
    isBroken: (environment) =>
      hasAdministratorRole(environment) && environment.allowAdministratorRole !== true,
  },
  {
    path: ['roleDeployment', 'kind'],
    message:
      'must be "none" with the `reportRoleName` of an existing role, which a StackSet cannot create again. The default is ' +
      '"stack-set"',
    isBroken: (environment) => hasAdministratorRole(environment) && isStackSet(environment),
  },
  {
    path: ['collectFrom'],
    message:
      'must be "management-account" with the `reportRoleName` of a role that every other account has: Terraform creates ' +
      'one of that name in the account that collects',
    isBroken: (environment) =>
      hasAdministratorRole(environment) && environment.collectFrom === 'delegated-administrator',
  },
  {
    path: ['roles', 'path'],
    message: 'must be "/" with the `reportRoleName` of an existing role, which has that path',
    isBroken: (environment) => hasAdministratorRole(environment) && environment.roles?.path !== '/',
  },
  {
    path: ['tags'],
    message: `must be at most ${MOST_TAGS} tags, which is what AWS accepts for a resource`,
    isBroken: ({ tags }) => namesIn(tags).length > MOST_TAGS,
  },
  {
    path: ['tags'],
    message:
      'must not have names that differ only in upper and lower case, which IAM takes for the same ' +
      '(https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#case-sensitivity)',
    isBroken: ({ tags }) =>
      new Set(namesIn(tags).map((name) => name.toLowerCase())).size < namesIn(tags).length,
  },
  {
    path: ['roles', 'permissionsBoundary'],
    message: 'must be the ARN of a policy in the partition of the Region',
    isBroken: ({ region, roles }) => {
      const [, partition] = /^arn:([^:]+):/.exec(String(roles?.permissionsBoundary)) ?? [];
      return partition !== undefined && partition !== partitionNameOf(region);
    },
  },
  {
    path: ['loggingAccount', 'roleName'],
    message: 'must differ from `reportRoleName`, which the StackSet creates in the logging account too',
    isBroken: (environment) => {
      const { loggingAccount, reportRoleName } = environment;
      return isStackSet(environment) && isSameRole(String(loggingAccount?.roleName), String(reportRoleName));
    },
  },
  {
    path: ['roleDeployment', 'kind'],
    message:
      'must be "none" in the China Regions, where StackSets cannot use trusted access to AWS Organizations ' +
      '(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html). The default is "stack-set"',
    isBroken: ({ region, roleDeployment }) =>
      partitionNameOf(region) === 'aws-cn' && roleDeployment?.kind === 'stack-set',
  },
  {
    path: ['roleDeployment', 'targets'],
    message: 'must be the root alone, or organizational units: the root includes every unit',
    isBroken: ({ roleDeployment }) =>
      Array.isArray(roleDeployment?.targets) &&
      roleDeployment.targets.length > 1 &&
      roleDeployment.targets.some((target) => typeof target === 'string' && target.startsWith('r-')),
  },
  {
    path: ['encryption', 'kind'],
    message:
      'must be "bucket-default", "s3-managed", or "existing-key" when `bucket.kind` is `existing`: Terraform creates a key ' +
      'only with its bucket',
    isBroken: (environment) => isExisting(environment) && environment.encryption?.kind === 'new-key',
  },
  {
    path: ['loggingAccount'],
    message: `${cannotBeSet}; name its account in \`bucket.accountId\``,
    isBroken: (environment) => isExisting(environment) && environment.loggingAccount !== undefined,
  },
  {
    path: ['retentionDays'],
    message: `${cannotBeSet}, whose owner sets its lifecycle`,
    isBroken: (environment) => isExisting(environment) && environment.retentionDays !== undefined,
  },
  {
    path: ['objectLock'],
    message: `${cannotBeSet}, whose owner sets its lock`,
    isBroken: (environment) => isExisting(environment) && environment.objectLock !== undefined,
  },
  {
    path: ['accessLogging'],
    message: `${cannotBeSet}, whose owner sets its logging`,
    isBroken: (environment) => isExisting(environment) && environment.accessLogging !== undefined,
  },
  {
    path: ['accessLogging', 'bucketName'],
    message: 'must be another bucket than those of reports, which would log every delivery of their own log',
    isBroken: ({ accessLogging: { bucketName } = {}, bucket }) =>
      typeof bucketName === 'string' && (bucketName === bucket?.name || isGenerated(bucketName)),
  },
  {
    path: ['operationsKeyArn'],
    message: 'must be the ARN of a key in the Region of the environment',
    isBroken: ({ operationsKeyArn, region }) => isElsewhere(operationsKeyArn, region),
  },
  {
    path: ['objectLock', 'days'],
    message: 'must be at most `retentionDays`, because a locked version cannot be deleted',
    isBroken: ({ objectLock, retentionDays }) => Number(objectLock?.days) > Number(retentionDays),
  },
  {
    path: ['encryption', 'keyArn'],
    message: 'must be the ARN of a key in the Region of the environment, where the bucket is',
    isBroken: ({ encryption, region }) =>
      encryption?.kind === 'existing-key' && isElsewhere(encryption.keyArn, region),
  },
  {
    path: ['encryption', 'formerKeyArns'],
    message: 'must be ARNs of keys in the Region of the environment, where the bucket is',
    isBroken: ({ encryption, region }) =>
      Array.isArray(encryption?.formerKeyArns) &&
      encryption.formerKeyArns.some((arn) => isElsewhere(arn, region)),
  },
  {
    path: ['readers'],
    message: 'must be roles in the partition of the Region: no policy can name a principal of another one',
    isBroken: ({ readers, region }) =>
      Array.isArray(readers) &&
      readers.some((reader) => ![undefined, partitionNameOf(region)].includes(partitionOfReader(reader))),
  },
];

function isElsewhere(keyArn: unknown, region: unknown): boolean {
  const key = placeOfKey(keyArn);
  return key !== undefined && (key.region !== region || key.partition !== partitionNameOf(region));
}

/** Adds the rules to the schema of an environment. */
export const withRules = <Schema extends ZodType>(schema: Schema): Schema =>
  rules.reduce(
    (checked, { path, message, isBroken }) =>
      checked.refine((environment) => !isBroken(environment as Unchecked), {
        path,
        error: ({ input }) => (typeof message === 'string' ? message : message(input as Unchecked)),
        when: ({ value }) => typeof value === 'object' && value !== null,
      }),
    schema,
  );
