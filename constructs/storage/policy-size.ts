import type { Deployment } from '../deployment';
import { InvalidInput } from '../error-text';

/** The longest policy that S3 accepts, bytes (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html). */
const MOST_BYTES = 20 * 1024;

/** Stands for an account ID that only Terraform knows. */
const TOKEN = /\$\{TfToken\[[^\]]*\]\}/g;

/**
 * The policy of a key has as many statements about readers, and may be longer.
 * @param policy - of the bucket, as JSON, or the part of it that the environment needs
 * @throws `InvalidInput` if the readers make the policy too long
 */
export function assertFits(policy: string, { environment }: Deployment): void {
  const { length } = policy.replace(TOKEN, '0'.repeat(12));
  if (length > MOST_BYTES)
    throw new InvalidInput(
      `error: ${environment}: the policy of the bucket would have ${length} bytes because of its readers, and S3 accepts ` +
        `${MOST_BYTES}; use an account ID, or the organization ID, for several roles`,
    );
}
