import type { Deployment } from './deployment';
import { Environment, defaultOptions } from './environment/environment';
import { type ExistingBucket, type NewBucket, bucketOptions } from './storage/chosen-bucket';

const names = [
  'alertEmails',
  'reportRoleName',
  'allowAdministratorRole',
  'tags',
  'collectFrom',
  'logRetentionDays',
  'operationsKeyArn',
  'schedule',
  'waiting',
  'accounts',
  'serviceCredentials',
  'scale',
  'checks',
  'owners',
  'digest',
  'exports',
  'chat',
  'athena',
  'reservedConcurrency',
  'signing',
  'readers',
  'allowDestroy',
] as const;

/** Options with the same meaning and default as the fields of an environment: see `docs/options.md`. */
export type CollectionOptions = Pick<Environment, (typeof names)[number]>;

/** Those of an environment. */
export const collectionOptions = (environment: Environment): CollectionOptions =>
  Object.fromEntries(names.map((name) => [name, environment[name]])) as unknown as CollectionOptions;

/** Options that only {@link CredentialReportsProps} has. */
const OTHERS = ['deployment', 'bucket', 'stackSets', 'organizationId', 'roleDeployment'];

/** Names of options that the construct does not have, as JavaScript or a spread may give them. */
export const unknownOptions = (props: object): string[] =>
  Object.keys(props).filter((name) => ![...names, ...OTHERS].includes(name));

/** Options that a construct gets in another form than an environment file has them. */
interface PlacedOptions {
  readonly deployment: Deployment;
  readonly bucket?: NewBucket | ExistingBucket | undefined;
  readonly stackSets?: unknown;
}

/** The options by their names in an environment file. */
export function optionsOf(props: Partial<CollectionOptions> & PlacedOptions): object {
  const { deployment, bucket, stackSets: _provider, ...options } = props;
  const named = Object.entries(options).filter(([name]) => name in Environment.shape);
  const { region, roles } = deployment;
  return { ...Object.fromEntries(named), region, roles, ...(bucket && bucketOptions(bucket)) };
}

/** The caller's options, with the defaults of an environment for those that are not given. */
export function withDefaults(options: Partial<CollectionOptions>): CollectionOptions {
  const given = Object.entries(options as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return { ...defaultOptions, ...(Object.fromEntries(given) as Partial<CollectionOptions>) };
}
