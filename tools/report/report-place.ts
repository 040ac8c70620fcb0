import type { Environment } from '../../constructs/environment/environment';
import { generatedBucketName } from '../../constructs/storage/bucket-name';
import type { S3Place } from '../verify/s3-store';

/** Where an environment keeps its reports, as its file says. */
export interface ReportPlaceProps {
  readonly name: string;
  readonly environment: Pick<Environment, 'bucket' | 'loggingAccount' | 'region'>;
  /** The account of the caller, which a generated name may have; asked for only then. */
  readonly account: () => Promise<string>;
}

/** The bucket of an environment, without synthesizing it, which takes seconds. */
export async function reportPlace({ name, environment, account }: ReportPlaceProps): Promise<S3Place> {
  const { bucket, loggingAccount, region } = environment;
  const { prefix } = bucket;
  const named = loggingAccount?.accountId ?? (bucket.kind === 'existing' ? bucket.accountId : undefined);
  if (bucket.name !== undefined) return { bucket: bucket.name, prefix, owner: named };
  // Only the account that collects knows its own ID.
  const owner = named ?? (await account());
  return { bucket: generatedBucketName(name, owner, region).name, prefix, owner };
}
