/** Buckets of other teams whose policies deny what does not say how it is protected. */
import { protectionOf } from '../../../../handlers/shared/aws/object-protection';
import type { DenyStatement } from '../../../../local/fake-aws/s3/bucket-policy';
import { ServiceError } from '../../../../local/fake-aws/service';
import { COLLECTING_ACCOUNT } from '../../../../tools/support/embedded-execution';
import { useEverything, writeEverything } from '../../../support/every-call';
import { reportStore } from '../../../support/report-store';

const KEY = 'arn:aws:kms:us-east-1:333333333333:key/1234-ab';
const ENCRYPTION = 's3:x-amz-server-side-encryption';

const denial = (Condition: DenyStatement['Condition']): DenyStatement => ({
  Effect: 'Deny',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::reports/*',
  Condition,
});

const unencrypted = denial({ Null: { [ENCRYPTION]: 'true' } });
const notS3Managed = denial({ StringNotEquals: { [ENCRYPTION]: 'AES256' } });
const otherKey = denial({ StringNotEquals: { [`${ENCRYPTION}-aws-kms-key-id`]: KEY } });
const withoutAcl = denial({ StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } });

const s3Managed = protectionOf({ bucketEncryption: 'AES256', bucketAcl: '' });
const withKey = protectionOf({ bucketEncryption: KEY, bucketAcl: '' });
const nothing = protectionOf({ bucketEncryption: '', bucketAcl: '' });
const forOwner = protectionOf({ bucketEncryption: '', bucketAcl: 'bucket-owner-full-control' });

const written = ['a/1', 'a/2', 'a/3', 'a/4', 'a/small', 'a/large', 'a/copy'];

describe('a request that creates an object', () => {
  it.each([
    ['uploads without encryption', unencrypted, s3Managed],
    ['uploads without encryption', unencrypted, withKey],
    ['uploads that S3 manages no key for', notS3Managed, s3Managed],
    ['uploads with another key', otherKey, withKey],
    ['uploads that do not give the object to the owner of the bucket', withoutAcl, forOwner],
  ])('passes a policy that denies %s (%#)', async (_, statement, protection) => {
    const store = reportStore({ denials: [statement], protection });
    await writeEverything(store);
    expect(store.s3.written).toEqual(expect.arrayContaining(written));
  });

  it.each([
    ['nothing', unencrypted, nothing],
    ['keys that S3 manages', otherKey, s3Managed],
    ['a KMS key', notS3Managed, withKey],
    ['an encryption and no ACL', withoutAcl, s3Managed],
  ])('says %s, and is denied where that is not allowed', async (_, statement, protection) => {
    const { bucket, s3 } = reportStore({ denials: [statement], protection });
    await expect(bucket.put('a', 'x')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(bucket.create('a', 'x')).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.objects.size).toBe(0);
  });

  it('says nothing if nothing is chosen, so that the default encryption of the bucket applies', async () => {
    const store = reportStore({ protection: nothing });
    await useEverything(store);
    const said = store.s3.calls.flatMap(({ headers }) =>
      Object.keys(headers).filter((name) => /^x-amz-(acl|server-side-encryption)/.test(name)),
    );
    expect(said).toEqual([]);
  });

  it('leaves bucket keys to the bucket', async () => {
    const store = reportStore({ protection: withKey });
    await useEverything(store);
    const headers = store.s3.calls.flatMap((call) => Object.keys(call.headers));
    expect(headers).not.toContain('x-amz-server-side-encryption-bucket-key-enabled');
  });

  it.each([
    [s3Managed, { ServerSideEncryption: 'AES256' }],
    [withKey, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY }],
    [forOwner, { ACL: 'bucket-owner-full-control' }],
    [nothing, {}],
  ])('says %j', (protection, expected) => {
    expect(protection).toEqual(expected);
  });
});

describe('a copy by parts', () => {
  it('is protected as its upload says, and its parts say nothing, as S3 demands', async () => {
    const store = reportStore({ protection: { ...withKey, ...forOwner }, denials: [otherKey, withoutAcl] });
    const { bucket, s3 } = store;
    await bucket.put('from', 'x');
    s3.calls.length = 0;
    s3.onCall = ({ query }) => {
      if (query.partNumber === '2') throw new ServiceError(403, 'AccessDenied', 'enough');
    };
    await expect(bucket.copy('from', 'to', 6 * 1024 ** 3, 'text/csv')).rejects.toThrow();
    const said = s3.calls.map(({ method, headers }) => [method, headers['x-amz-acl'] ?? '']);
    expect(said).toEqual([
      ['POST', 'bucket-owner-full-control'],
      ['PUT', ''],
      ['DELETE', ''],
    ]);
    expect(s3.calls.map(({ headers }) => headers['x-amz-expected-bucket-owner'])).toEqual(
      Array(3).fill(COLLECTING_ACCOUNT),
    );
  });
});
