/** The signatures of a run, made by a KMS of this process behind a real client. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { kmsSigner } from '../../../../handlers/summarize-run/publish/kms-signer';
import { signFile } from '../../../../handlers/summarize-run/publish/sign';
import type { Signer } from '../../../../handlers/summarize-run/publish/signer';
import { kmsService, makeSigningKey, type KmsProps } from '../../../../local/fake-aws/kms/kms-service';
import { inProcess } from '../../../support/in-process-handler';
import { root } from '../../../support/rows';
import { DATE, type StoredAccount, accountId, as } from '../../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../../support/summarized';

const [key, formerKey] = [makeSigningKey('111111111111'), makeSigningKey('111111111111')];
const id = accountId(1);
const accounts: StoredAccount[] = [{ id, rows: [as('<root_account>', id, root)] }];

/** Whether KMS refuses, which a test can change. */
let denies: NonNullable<KmsProps['denies']>;
/** What KMS was asked to do. */
let asked: string[];
let runs: SummarizedRuns;
const signerOf = ({ arn }: typeof key): Signer => {
  const service = kmsService({
    keys: [key, formerKey],
    denies: (action, one) => {
      asked.push(action);
      return denies(action, one);
    },
  });
  const kms = new KMSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
    requestHandler: inProcess('kms', service),
  });
  return kmsSigner(kms, arn);
};
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  denies = () => false;
  asked = [];
  runs = new SummarizedRuns({ signer: signerOf(key) });
});
afterEach(() => jest.restoreAllMocks());

/** Whether the signature beside a file is that of the file, made with a key that lies in the bucket. */
const isSigned = (file: string, { id } = key) =>
  verify(
    'sha256',
    runs.s3.objects.get(file)!,
    createPublicKey(runs.s3.text(keys.publicKey(id))),
    runs.s3.objects.get(keys.signature(file, id))!,
  );
const manifestOf = ({ summary }: SummarizedRun) => summary.manifest.key;
const viewOf = ({ event }: SummarizedRun) => keys.view(event.run);
const signatures = () => [...runs.s3.objects.keys()].filter((name) => name.endsWith('.sig'));

describe('a signed run', () => {
  it('has signatures of manifest and view, which the public key in the bucket verifies', async () => {
    const run = await runs.run(accounts);
    for (const file of [manifestOf(run), viewOf(run)]) {
      expect(isSigned(file)).toBe(true);
      runs.s3.put(file, runs.s3.text(file).replace(DATE, '2026-11-23'));
      expect(isSigned(file)).toBe(false);
    }
  });

  it('names the key in the names of the files, in the folders of what they sign', async () => {
    await runs.run(accounts);
    expect(signatures().sort()).toEqual([
      `manifests/test/00000001.${key.id}.sig`,
      `runs/${DATE}/run-1/view.${key.id}.sig`,
    ]);
    expect(runs.s3.objects.has(`signing-keys/${key.id}.pem`)).toBe(true);
  });

  it('is told without a word about its signature', async () => {
    const { summary } = await runs.run(accounts, { digest: 'always' });
    expect(summary.digest?.message).not.toMatch(/SIGNED/);
    expect((await runs.run(accounts, { execution: 'run-2' })).summary.publish).toBe(false);
  });

  it('keeps its first signature when it is told again, and asks KMS nothing', async () => {
    const run = await runs.run(accounts);
    const before = signatures().map((name) => runs.s3.objects.get(name));
    asked = [];
    await runs.summarize(run.event);
    expect(signatures().map((name) => runs.s3.objects.get(name))).toEqual(before);
    expect(asked).toEqual([]);
  });

  it('has no signature in an environment that does not sign', async () => {
    runs = new SummarizedRuns();
    const { summary } = await runs.run(accounts, { digest: 'always' });
    expect(signatures()).toEqual([]);
    expect(summary.digest?.message).not.toMatch(/SIGNED/);
  });
});

describe('a run that cannot be signed', () => {
  it('is completed and told, and its digest says first that it is not signed', async () => {
    denies = (action) => action === 'Sign';
    const run = await runs.run(accounts, { digest: 'failures' });
    expect(run.summary).toMatchObject({ complete: true, publish: true });
    expect(run.summary.digest?.message).toMatch(
      /^THE MANIFEST IS NOT SIGNED: AccessDeniedException: not authorized to perform: kms:Sign on .*\n\nThe run is complete\./,
    );
    expect(signatures()).toEqual([]);
    expect(runs.s3.objects.has(viewOf(run))).toBe(true);
    expect(runs.page()).toContain('Complete.');
  });

  it('says so too if only its public key cannot be stored', async () => {
    denies = (action) => action === 'GetPublicKey';
    const { summary } = await runs.run(accounts);
    expect(summary.digest?.message).toMatch(/^THE MANIFEST IS NOT SIGNED: .*kms:GetPublicKey/);
  });

  it('says so too if only its view cannot be signed', async () => {
    let signatures = 0;
    denies = (action) => action === 'Sign' && ++signatures > 1;
    const { summary } = await runs.run(accounts);
    expect(summary.digest?.message).toMatch(/^THE VIEW IS NOT SIGNED: .*kms:Sign/);
  });

  it('is signed when it is told again', async () => {
    denies = () => true;
    const run = await runs.run(accounts);
    denies = () => false;
    const { summary } = await runs.summarize(run.event);
    expect(summary.publish).toBe(false);
    expect([manifestOf(run), viewOf(run)].map((file) => isSigned(file))).toEqual([true, true]);
  });
});

describe('another signing key', () => {
  it('leaves the signatures and the public key of the former one', async () => {
    const former = new SummarizedRuns({ signer: signerOf(formerKey), store: runs.store });
    const before = await former.run(accounts, { date: '2026-11-21' });
    const pem = runs.s3.text(keys.publicKey(formerKey.id));
    const after = await runs.run(accounts);
    expect(runs.s3.text(keys.publicKey(formerKey.id))).toBe(pem);
    expect(isSigned(manifestOf(before), formerKey)).toBe(true);
    expect(isSigned(manifestOf(after), key)).toBe(true);
  });

  it('never replaces a public key that lies in the bucket', async () => {
    const place = keys.publicKey(key.id);
    runs.s3.put(place, 'the key of somebody else');
    await signFile(runs.store.bucket, { key: 'a.json', sha256: '0'.repeat(64) }, signerOf(key));
    expect(runs.s3.text(place)).toBe('the key of somebody else');
  });
});

describe('a signer', () => {
  it('names its key without the account, and its public key as openssl does', async () => {
    const signer = signerOf(key);
    expect(signer.keyId).toBe(key.id);
    await expect(signer.publicKey()).resolves.toBe(key.publicKey.export({ format: 'pem', type: 'spki' }));
  });

  it('signs a hash, so that what is signed can be of any size', async () => {
    const content = Buffer.alloc(5_000_000, 'a');
    const signature = await signerOf(key).sign(createHash('sha256').update(content).digest('hex'));
    expect(verify('sha256', content, key.publicKey, signature)).toBe(true);
  });
});
