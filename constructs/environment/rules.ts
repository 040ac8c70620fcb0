import type { ZodType } from 'zod';
import { partitionOf } from '../partition';
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
  readonly roleDeployment?: { readonly kind?: string; readonly targets?: unknown };
  readonly bucket?: { readonly kind?: string };
  readonly encryption?: {
    readonly kind?: string;
    readonly keyArn?: unknown;
    readonly formerKeyArns?: unknown;
  };
  readonly loggingAccount?: object;
  readonly retentionDays?: unknown;
  readonly objectLock?: { readonly days?: unknown };
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
      'must be "s3-managed" or "existing-key" when `bucket.kind` is `existing`, whose owner sets its encryption',
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
