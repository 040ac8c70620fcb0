import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SignCommandInput } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { type KmsProps, kmsService, makeSigningKey } from '../../../../local/fake-aws/kms/kms-service';
import { signDigest } from '../../../../local/fake-aws/kms/p256';
import { temporaryFolder } from '../../../../tools/support/embedded';
import { inProcess } from '../../../support/in-process-handler';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const [key, otherKey] = [makeSigningKey('111111111111'), makeSigningKey('111111111111')];
const manifest = Buffer.from('{"version":2}\n');
const digest = createHash('sha256').update(manifest).digest();

const clientOf = (props: Partial<KmsProps> = {}) =>
  new KMSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
    requestHandler: inProcess('kms', kmsService({ keys: [key, otherKey], ...props })),
  });
const kms = clientOf();
const sign = async (rest: Partial<SignCommandInput> = {}) =>
  kms.send(
    new SignCommand({
      KeyId: key.arn,
      Message: digest,
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
      ...rest,
    }),
  );
const publicKeyOf = async (KeyId: string) => {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  return createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
};

describe('a signature of KMS', () => {
  it('over the digest of a file verifies with the file and the public key', async () => {
    const { KeyId, Signature } = await sign();
    expect(KeyId).toBe(key.arn);
    expect(verify('sha256', manifest, await publicKeyOf(key.id), Signature!)).toBe(true);
    expect(verify('sha256', Buffer.from('other'), await publicKeyOf(key.id), Signature!)).toBe(false);
    expect(verify('sha256', manifest, await publicKeyOf(otherKey.id), Signature!)).toBe(false);
  });

  it('verifies with openssl', async () => {
    const pem = (await publicKeyOf(key.arn)).export({ format: 'pem', type: 'spki' });
    const files = { 'key.pem': pem, signature: (await sign()).Signature!, manifest, other: 'other' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const openssl = (file: string) => {
      const command = ['dgst', '-sha256', '-verify', 'key.pem', '-signature', 'signature', file];
      return spawnSync('openssl', command, { cwd: folder, encoding: 'utf8' }).stdout.trim();
    };
    expect(openssl('manifest')).toBe('Verified OK');
    expect(openssl('other')).toBe('Verification failure');
  });

  it('over a message is one over its digest', async () => {
    const { Signature } = await sign({ Message: manifest, MessageType: 'RAW' });
    expect(verify('sha256', manifest, key.publicKey, Signature!)).toBe(true);
  });

  it('verifies whatever is signed', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const signature = signDigest(key.privateKey, createHash('sha256').update(bytes).digest());
        return verify('sha256', bytes, key.publicKey, signature);
      }),
      { numRuns: 300 },
    );
  });
});

describe('KMS', () => {
  it('tells which kind of key it is', async () => {
    expect(await kms.send(new GetPublicKeyCommand({ KeyId: key.arn }))).toMatchObject({
      KeyId: key.arn,
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    });
  });

  it('knows no other keys', async () => {
    const KeyId = makeSigningKey('111111111111').arn;
    await expect(sign({ KeyId })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(publicKeyOf(KeyId)).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('refuses a digest of another length, and another algorithm', async () => {
    await expect(sign({ Message: Buffer.alloc(31) })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(sign({ SigningAlgorithm: 'ECDSA_SHA_384' })).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
  });

  it('denies what the caller may not do', async () => {
    const denying = clientOf({ denies: (action, { id }) => action === 'Sign' && id === key.id });
    const call = { Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    const signing = (KeyId: string) => denying.send(new SignCommand({ KeyId, ...call }));
    await expect(signing(key.id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(signing(otherKey.id)).resolves.toBeDefined();
    await expect(denying.send(new GetPublicKeyCommand({ KeyId: key.id }))).resolves.toBeDefined();
  });
});
