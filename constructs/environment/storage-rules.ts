import { GENERATED_STARTS, isGenerated } from '../storage/bucket-name';
import { placeOfKey } from './encryption';
import { partitionOfReader } from './readers';
import { type Rule, type Unchecked, partitionNameOf } from './rule';

const cannotBeSet = 'cannot be set when `bucket.kind` is `existing`';
const isExisting = ({ bucket }: Unchecked) => bucket?.kind === 'existing';

function isElsewhere(keyArn: unknown, region: unknown): boolean {
  const key = placeOfKey(keyArn);
  return key !== undefined && (key.region !== region || key.partition !== partitionNameOf(region));
}

/** The condition of Terraform that an ARN is that of a key in the Region of the provider. */
const isHere = (arn: string) => `startswith(${arn}, "arn:\${local.partition}:kms:\${local.region}:")`;

/** About the bucket, its keys, and who may read it. */
export const storageRules: readonly Rule[] = [
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
    inModule: `var.access_logging == null ? true : var.access_logging.bucket_name != var.bucket.name && !anytrue([for start in ${JSON.stringify(GENERATED_STARTS)} : startswith(var.access_logging.bucket_name, start)])`,
  },
  {
    path: ['operationsKeyArn'],
    message: 'must be the ARN of a key in the Region of the environment',
    isBroken: ({ operationsKeyArn, region }) => isElsewhere(operationsKeyArn, region),
    inModule: `var.operations_key_arn == null ? true : ${isHere('var.operations_key_arn')}`,
  },
  {
    path: ['objectLock', 'days'],
    message: 'must be at most `retentionDays`, because a locked version cannot be deleted',
    isBroken: ({ objectLock, retentionDays }) => Number(objectLock?.days) > Number(retentionDays),
    inModule: 'try(var.object_lock.days <= var.retention_days, true)',
  },
  {
    path: ['encryption', 'keyArn'],
    message: 'must be the ARN of a key in the Region of the environment, where the bucket is',
    isBroken: ({ encryption, region }) =>
      encryption?.kind === 'existing-key' && isElsewhere(encryption.keyArn, region),
    inModule: `var.encryption.kind == "existing-key" && var.encryption.key_arn != null ? ${isHere('var.encryption.key_arn')} : true`,
  },
  {
    path: ['encryption', 'formerKeyArns'],
    message: 'must be ARNs of keys in the Region of the environment, where the bucket is',
    isBroken: ({ encryption, region }) =>
      Array.isArray(encryption?.formerKeyArns) &&
      encryption.formerKeyArns.some((arn) => isElsewhere(arn, region)),
    inModule: `alltrue([for arn in var.encryption.former_key_arns : ${isHere('arn')}])`,
  },
  {
    path: ['readers'],
    message: 'must be roles in the partition of the Region: no policy can name a principal of another one',
    isBroken: ({ readers, region }) =>
      Array.isArray(readers) &&
      readers.some((reader) => ![undefined, partitionNameOf(region)].includes(partitionOfReader(reader))),
  },
];
