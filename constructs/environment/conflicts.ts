import { defaultStateKey } from '../backend';
import { partitionOf } from '../partition';
import { generatedBucketName } from '../storage/bucket-name';
import type { Environment } from './environment';
import { type Problem, problem } from './problems';
import { isSameRole } from './roles';

/**
 * What an environment cannot share with the others. All names contain the name of their environment, except those that
 * an environment chooses itself: a bucket, and the role in the accounts of an organization.
 * @param name - name of the environment
 */
export function conflictsWith(
  others: ReadonlyMap<string, Environment>,
  name: string,
  environment: Environment,
): Problem[] {
  return [...others].flatMap(([otherName, other]) => {
    const conflicts: Problem[] = [];
    const role = environment.reportRoleName;
    if (isSameRole(role, other.reportRoleName) && mayShareAccounts(environment, other)) {
      const message = `must differ from that of ${otherName}, unless their \`organizationId\` differs`;
      conflicts.push(problem('reportRoleName', message, role));
    }
    if (mayShareBucket([name, environment], [otherName, other]))
      conflicts.push(...conflictsInBucket(environment, otherName, other));
    conflicts.push(...conflictsInLog(environment, otherName, other));
    if (stateOf([name, environment]) === stateOf([otherName, other]))
      conflicts.push(conflictInState(environment, otherName));
    return conflicts;
  });
}

function mayShareAccounts(one: Environment, other: Environment): boolean {
  if (partitionOf(one.region).name !== partitionOf(other.region).name) return false;
  const unknown = one.organizationId === undefined || other.organizationId === undefined;
  return unknown || one.organizationId === other.organizationId;
}

type Named = readonly [name: string, environment: Environment];

/** Where Terraform keeps the state: environments with the same place share one. */
function stateOf([name, { backend }]: Named): string {
  if (backend.kind === 's3')
    return [backend.kind, backend.bucket, backend.key ?? defaultStateKey(name)].join('\n');
  if (backend.kind === 'local') return [backend.kind, name].join('\n');
  const { hostname = HCP_TERRAFORM, organization, workspace = name } = backend;
  return [backend.kind, hostname, organization, workspace].join('\n');
}

const HCP_TERRAFORM = 'app.terraform.io';

/** Resources have the same addresses in every environment, so Terraform would take one environment for the other. */
function conflictInState({ backend }: Environment, otherName: string): Problem {
  const message =
    `must differ: ${otherName}.json keeps its state in the same place, and Terraform would replace one environment with ` +
    'the other';
  return backend.kind === 'cloud'
    ? problem('backend.workspace', message, backend.workspace)
    : problem('backend.key', message, backend.kind === 's3' ? backend.key : undefined);
}

/** Names of buckets are unique in a partition. A generated name has an account ID, which may not be known yet. */
function mayShareBucket(one: Named, other: Named): boolean {
  if (partitionOf(one[1].region).name !== partitionOf(other[1].region).name) return false;
  const [name, otherName] = [bucketNameOf(one), bucketNameOf(other)];
  return name === otherName || mayBeGenerated(name, otherName) || mayBeGenerated(otherName, name);
}

const UNKNOWN_ACCOUNT = '<account>';

function bucketNameOf([name, { bucket, loggingAccount, region }]: Named): string {
  const account = loggingAccount?.accountId ?? UNKNOWN_ACCOUNT;
  return bucket.name ?? generatedBucketName(name, account, region).name;
}

/** Whether a name may be the one that will be generated. */
function mayBeGenerated(name: string, generated: string): boolean {
  const [start = '', end] = generated.split(UNKNOWN_ACCOUNT);
  if (end === undefined || !name.startsWith(start) || !name.endsWith(end)) return false;
  return /^\d{12}$/.test(name.slice(start.length, -end.length));
}

/** Two environments can share a bucket that only one of them creates, with prefixes of which none contains the other. */
function conflictsInBucket(
  { bucket }: Environment,
  otherName: string,
  { bucket: otherBucket }: Environment,
): Problem[] {
  const both = `${otherName}.json uses the same bucket`;
  if (bucket.kind === 'new' && otherBucket.kind === 'new') {
    const message =
      `must differ: ${both}, and only one can create it. To share it, set \`bucket.kind\` to \`existing\` in one file, and ` +
      'a `bucket.prefix` of its own in each';
    return [problem('bucket.name', message, bucket.name)];
  }
  const [prefix, otherPrefix] = [bucket.prefix, otherBucket.prefix];
  if (!prefix.startsWith(otherPrefix) && !otherPrefix.startsWith(prefix)) return [];
  const message =
    `must not contain or be contained in the prefix ${JSON.stringify(otherPrefix)} of the other environment: ${both}. Set a ` +
    '`bucket.prefix` of its own in each, such as "production/" and "test/", or use another bucket';
  return [problem('bucket.prefix', message, prefix)];
}

/**
 * A bucket that an environment creates cannot receive the log of another: Terraform sets its policy, which lets nothing be
 * delivered.
 */
function conflictsInLog(environment: Environment, otherName: string, other: Environment): Problem[] {
  const { accessLogging, bucket } = environment;
  if (partitionOf(environment.region).name !== partitionOf(other.region).name) return [];
  const reason = 'whose policy lets no log be delivered';
  const conflicts: Problem[] = [];
  if (isLoggedIn(environment, other)) {
    const message = `must be a bucket of your own: ${otherName}.json creates this one, ${reason}`;
    conflicts.push(problem('accessLogging.bucketName', message, accessLogging?.bucketName));
  }
  if (isLoggedIn(other, environment)) {
    const message = `must not be the \`accessLogging.bucketName\` of ${otherName}.json: this file creates the bucket, ${reason}`;
    conflicts.push(problem('bucket.name', message, bucket.name));
  }
  return conflicts;
}

/** The rules of an environment refuse the names that may be generated. */
const isLoggedIn = ({ accessLogging }: Environment, { bucket }: Environment): boolean =>
  accessLogging !== undefined && bucket.kind === 'new' && accessLogging.bucketName === bucket.name;
