import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Manifest } from '../../handlers/core/manifest';
import { MANAGEMENT, type Organization, clientOf } from '../support/emulator/organization';
import type { Bucket } from './bucket';
import type { Deployment } from './deployment';
import type { EnvironmentFile } from './environments';
import { changedAttributes } from './plan';
import { type Verification, verification } from './verification';

/** What was seen of another run of the same day, after the environment had changed and one account had a new user. */
export interface ChangedRun {
  /** Attributes that the change changes, each once. */
  plan: string[];
  /** Attributes that a plan after the change would change. */
  planAfter: string[];
  manifest: Manifest;
  /** Keys in the bucket that are not below the prefix of the environment. */
  keysElsewhere: string[];
  /** Names of all signatures and public keys. */
  signatures: string[];
  /** What an auditor with the public key that Terraform outputs finds in the bucket. */
  inBucket: Verification;
  /** What the auditor finds in a copy of the bucket. */
  inCopy: Verification;
}

export interface ChangedRunProps {
  deployment: Deployment;
  bucket: Bucket;
  organization: Organization;
  folder: string;
}

export async function runChanged(
  environment: EnvironmentFile,
  { deployment, bucket, organization, folder }: ChangedRunProps,
): Promise<ChangedRun> {
  const { caller } = deployment.props;
  const plan = changedAttributes(await deployment.plan(environment));
  await deployment.apply();
  const planAfter = await deployment.changes();

  const iam = new IAMClient(clientOf(await organization.administrator(MANAGEMENT)));
  await iam.send(new CreateUserCommand({ UserName: 'newcomer' }));
  const { manifest } = await deployment.run('again');
  const stored = await bucket.objects(manifest.key);

  const keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, await deployment.output('signing_public_key'));
  const pinned = ['--public-key', keyFile, '--expect-head', manifest.sha256];
  const copy = join(folder, 'copy');
  await bucket.download(copy);
  return {
    plan: [...new Set(plan)].sort(),
    planAfter,
    manifest: JSON.parse(stored[manifest.key] ?? 'null') as Manifest,
    keysElsewhere: await bucket.keysElsewhere(),
    signatures: (await bucket.keys('')).filter((key) => /\.(sig|pem)$/.test(key)),
    inBucket: await verification(bucket.url, caller, ...pinned),
    inCopy: await verification(copy, caller, ...pinned),
  };
}
