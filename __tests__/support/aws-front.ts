import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { credentialsOf } from '../../local/fake-aws/credentials';
import type { Service } from '../../local/fake-aws/service';

export interface AwsFront {
  readonly port: number;
  /** Its certificate, in PEM. */
  readonly certificate: string;
  /** Access key and scope of every signed request, such as `AKIA…/20261126/eu-west-1/sts/aws4_request`. */
  readonly signed: string[];
  stop: () => Promise<void>;
}

/** Answers of IAM Identity Center, whose requests are not signed. */
const IDENTITY_CENTER: Record<string, object> = {
  'oidc.eu-west-1.amazonaws.com': { accessToken: 'renewed', expiresIn: 3600, tokenType: 'Bearer' },
  'portal.sso.eu-west-1.amazonaws.com': {
    roleCredentials: {
      ...{ ...credentialsOf('ASIAEXAMPLEOFSSO0000'), sessionToken: 'token' },
      expiration: Date.now() + 3_600_000,
    },
  },
};

/**
 * The hosts of AWS in TLS on one port of loopback.
 * @param url - where the embedded services are
 */
export async function startAwsFront(url: string): Promise<AwsFront> {
  const hosts = ['*.amazonaws.com', '*.us-east-1.amazonaws.com', '*.eu-west-1.amazonaws.com'].concat(
    '*.s3.eu-west-1.amazonaws.com',
    'portal.sso.eu-west-1.amazonaws.com',
  );
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'amazonaws.com' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
  });
  const signed: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    const [, scope] = /Credential=([^,]+)/.exec(request.headers.authorization ?? '') ?? [];
    if (scope !== undefined) signed.push(scope);
    answer(url, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    certificate: cert,
    signed,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(url: string, request: IncomingMessage, response: ServerResponse): void {
  const { method = '', headers } = request;
  const { host = '' } = headers;
  const content = IDENTITY_CENTER[host];
  if (content) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    return;
  }
  request.pipe(
    forward(`${url}${request.url ?? ''}`, { method, headers, agent: false }, (found) => {
      response.writeHead(found.statusCode ?? 500, found.headers);
      found.pipe(response);
    }),
  );
}

/** S3 for clients that write the bucket into the name of the host. */
export const hostedBuckets =
  (s3: Service): Service =>
  (request) => {
    const [, bucket] = /^(.+)\.s3\./.exec(request.headers.host ?? '') ?? [];
    if (bucket === undefined) return s3(request);
    const { pathname, search } = request.url;
    return s3({ ...request, url: new URL(`/${bucket}${pathname}${search}`, request.url) });
  };
