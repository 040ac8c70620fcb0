import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { defaultOptions } from '../environment/environment';
import { Forgotten } from '../forgotten';
import type { BucketUser, ReportBucketReference } from './bucket-access';
import { type ExistingBucket, type NewBucket, reportBucket } from './chosen-bucket';
import { lasting } from './lasting';
import { ReportBucket } from './report-bucket';
import { SigningKey } from './signing-key';

/** Options of {@link Storage}. */
export interface StorageProps {
  readonly deployment: Deployment;
  /** @default - a new bucket in the account that collects, with keys that S3 manages */
  readonly bucket?: NewBucket | ExistingBucket | undefined;
  /** Whether manifests are signed. */
  readonly signing: boolean;
  /** Whether Terraform may destroy the bucket with everything in it, and the keys. */
  readonly allowDestroy: boolean;
}

/** What outlasts a deployment: the bucket, the key that encrypts it, and the key that signs manifests. */
export class Storage extends Construct {
  readonly bucket: ReportBucketReference;
  /** Key that signs manifests, if they are signed. */
  readonly signingKey: SigningKey | undefined;

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id);
    const { deployment, bucket = DEFAULT_BUCKET, signing, allowDestroy } = props;
    const owner = bucket.kind === 'new' ? bucket.owner : undefined;
    // What is in a logging account has other addresses than what is in this account: Terraform cannot move it, and forgets
    // the one for the other.
    const loggingAccount = new Construct(this, 'logging-account');
    const place = owner ? loggingAccount : this;
    this.bucket = reportBucket(place, deployment, bucket, allowDestroy);
    const signer = signerOf(deployment);
    this.signingKey = signing
      ? new SigningKey(place, 'signing-key', { deployment, signer, owner, allowDestroy })
      : undefined;
    const makers = lasting(deployment, signer);
    new Forgotten(this, 'forgotten', { places: [this, loggingAccount], makers });
  }

  /** Adds the policies of a new bucket and its key. */
  grantTo(users: readonly BucketUser[], readers: readonly string[]): void {
    if (this.bucket instanceof ReportBucket) this.bucket.grantTo(users, readers);
  }
}

const DEFAULT_BUCKET: NewBucket = { kind: 'new', encryption: defaultOptions.encryption };

/** The function that signs manifests. Its role is named before it exists, because the function uses the key. */
function signerOf(deployment: Deployment) {
  const handler = 'summarize-run';
  return { handler, roleArn: deployment.roleArn(deployment.nameOf(handler)) };
}
