import { Manifest } from '../../handlers/core/manifest';
import { numberOfManifest, prefixes } from '../../handlers/shared/bucket-layout';
import type { AwsReader } from './aws-reader';
import { existingBucket } from './existing-bucket';
import { bucketReader } from './logging-account';
import type { Subject } from './subject';

/** The manifest of the run that finished last; nothing if none has. */
export async function lastManifest(aws: AwsReader, subject: Subject): Promise<Manifest | undefined> {
  const reader = await bucketReader(aws, subject);
  const {
    stack: { bucket },
    name,
  } = subject;
  const Prefix = `${bucket.prefix}${prefixes.manifests(name)}`;
  const pages = await reader.pages(
    's3:ListBucket',
    { ...existingBucket(subject), Prefix },
    'ContinuationToken',
    'NextContinuationToken',
  );
  const keys = pages.flatMap(({ Contents = [] }) => Contents.flatMap(({ Key = '' }) => Key));
  const numbered = keys.flatMap((key) => {
    const number = numberOfManifest(key);
    return number === undefined ? [] : [{ key, number }];
  });
  const last = numbered.sort((one, other) => other.number - one.number)[0];
  if (!last) return undefined;
  const { Body } = await reader.get('s3:GetObject', { ...existingBucket(subject), Key: last.key });
  return Manifest.parse(JSON.parse((await Body?.transformToString()) ?? ''));
}
