/** Any user of the machine can connect to a port on loopback. */
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { kmsService, makeSigningKey } from '../../../local/fake-aws/kms/kms-service';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
const organization = organizationOf({});
const key = makeSigningKey(organization.accounts[0]!.id);
/** A key with what has to be encoded. */
const Key = "a b/ü&=+?#%20'()*~!/report.csv";
let endpoint: LocalEndpoint;
beforeAll(async () => {
  const kms = kmsService({ keys: [key] });
  endpoint = await LocalEndpoint.start({ ...servicesOf(organization, folder), kms });
});
afterAll(async () => {
  await endpoint.stop();
  remove();
});
const secret = join(folder, 'bucket', 'secret.csv');
beforeEach(() => {
  mkdirSync(join(folder, 'bucket'), { recursive: true });
  writeFileSync(secret, 'secret');
});

const own = credentialsOf();
const calls: [service: string, call: (credentials: typeof own) => Promise<unknown>][] = [
  ['s3', (credentials) => s3(credentials).send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: 'x' }))],
  ['s3', (credentials) => s3(credentials).send(new GetObjectCommand({ Bucket: 'bucket', Key }))],
  [
    'organizations',
    (credentials) => new OrganizationsClient(client(credentials)).send(new ListAccountsCommand({})),
  ],
  [
    'sts',
    (credentials) => {
      const RoleArn = `arn:aws:iam::${organization.accounts[1]!.id}:role/report`;
      const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' });
      return new STSClient(client(credentials)).send(command);
    },
  ],
  [
    'kms',
    (credentials) => {
      const command = new SignCommand({
        ...{ KeyId: key.arn, Message: Buffer.alloc(32), MessageType: 'DIGEST' },
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      return new KMSClient(client(credentials)).send(command);
    },
  ],
];
const client = (credentials: typeof own) => ({
  ...{ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials },
});
const s3 = (credentials: typeof own) => new S3Client({ ...client(credentials), forcePathStyle: true });

describe('a local server', () => {
  it.each(calls)('answers %s for whoever has the secret', async (_service, call) => {
    await expect(call(own)).resolves.toBeDefined();
  });

  it.each(calls)('refuses %s for a signature that is made with another secret', async (_service, call) => {
    const madeUp = { ...own, secretAccessKey: 'a guess' };
    await expect(call(madeUp)).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it.each([
    ['without a signature', {}],
    ['with one that is not of AWS', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    [
      'with a made-up one',
      {
        'x-amz-date': '20261122T080000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=${own.accessKeyId}/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
    ],
    [
      'with one without a date',
      {
        authorization: `AWS4-HMAC-SHA256 Credential=${own.accessKeyId}/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
    ],
  ])('refuses a request %s, and changes nothing', async (_which, headers) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, body } = await ask(method, '/bucket/secret.csv', headers);
      expect(status).toBe(403);
      expect(body).not.toContain('secret');
    }
    expect(readFileSync(secret, 'utf8')).toBe('secret');
  });

  it('does not wait for the body of a request that is not signed: it could fill the memory', async () => {
    const headers = {
      'x-amz-date': '20261122T080000Z',
      'content-length': '1000000',
      authorization: `AWS4-HMAC-SHA256 Credential=${own.accessKeyId}/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    };
    const outgoing = request(`${endpoint.url}/bucket/secret.csv`, {
      ...{ method: 'PUT', headers, signal: AbortSignal.timeout(3_000) },
    });
    outgoing.flushHeaders();
    const [{ statusCode }] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(statusCode).toBe(403);
    outgoing.on('error', () => undefined).destroy();
  });

  it('refuses the signature of another request', async () => {
    let headers: Record<string, string> = {};
    const copied = s3(own);
    copied.middlewareStack.add(
      (next) => (call) => {
        ({ headers } = call.request as { headers: typeof headers });
        return next(call);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await copied.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'secret.csv' }));
    expect((await ask('GET', '/bucket/secret.csv?x-id=GetObject', headers)).status).toBe(200);
    expect((await ask('GET', '/bucket/other.csv?x-id=GetObject', headers)).status).toBe(403);
    expect((await ask('DELETE', '/bucket/secret.csv?x-id=GetObject', headers)).status).toBe(403);
    expect((await ask('GET', '/bucket/secret.csv?x-id=GetObject&versions', headers)).status).toBe(403);
  });

  it('gives every access key a secret of its own', () => {
    const secrets = ['AKIAONE', 'AKIAOTHER'].map((id) => credentialsOf(id).secretAccessKey);
    expect(new Set(secrets).size).toBe(2);
  });
});

async function ask(method: string, path: string, headers: Record<string, string>) {
  const asked = request(`${endpoint.url}${path}`, { method, headers });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}
