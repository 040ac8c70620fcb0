import type { Deployment } from '../deployment';
import type { Maker } from '../forgotten';
import { ANY_ACCESS_LOGGING } from './access-logging';
import { ReportBucket } from './report-bucket';
import { ReportKey } from './report-key';
import { SigningKey, type SigningKeyProps } from './signing-key';

/** What is meant to last: Terraform forgets it when its option changes, and does not destroy it. */
export const lasting = (
  deployment: Deployment,
  signer: SigningKeyProps['signer'],
): Readonly<Record<string, Maker>> => ({
  'report-key': (place, id) => {
    new ReportKey(place, id, { deployment }).grant([], [], NO_BUCKET);
  },
  'report-bucket': (place, id) => {
    new ReportBucket(place, id, { deployment, ...EVERYTHING }).grantTo([]);
  },
  'signing-key': (place, id) => {
    new SigningKey(place, id, { deployment, signer });
  },
});

/** The policy of a key that is absent has no grants. */
const NO_BUCKET = {
  name: '',
  arn: '',
  ownerAccountId: '',
  prefix: '',
  requestedEncryption: '',
  objectAcl: '',
} as const;

/** A bucket with these has every resource that a bucket can have. */
const EVERYTHING = {
  objectLock: { mode: 'governance', days: 1 },
  accessLogging: ANY_ACCESS_LOGGING,
} as const;
