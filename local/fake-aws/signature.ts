import { timingSafeEqual } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { HttpRequest } from '@smithy/core/transport';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SecretOf } from './credentials';
import { ServiceError, type ServiceRequest } from './service';

/** Who signed a request, and for which service. */
export interface Signature {
  accessKeyId: string;
  region: string;
  service: string;
  signedHeaders: ReadonlySet<string>;
  signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;

/** @returns undefined for a request without a signature */
export function signatureOf(authorization = ''): Signature | undefined {
  const match = AUTHORIZATION.exec(authorization);
  if (!match) return undefined;
  const [, accessKeyId = '', region = '', service = '', names = '', signature = ''] = match;
  return { accessKeyId, region, service, signedHeaders: new Set(names.split(';')), signature };
}

/** What a signature covers. */
export interface SignedRequest extends Omit<ServiceRequest, 'accessKeyId' | 'region' | 'body'> {
  /** As it was sent: a URL has no `..` any more. */
  path: string;
}

/**
 * Signs a request again and compares. Its age does not matter: nobody else sees what is sent over loopback. Of a body, the
 * header `x-amz-content-sha256` is signed, so that only the bodies of those who may send them are read.
 * @throws {@link ServiceError} 403 if it was not signed with the secret of its access key
 */
export async function assertSigned(
  { method, path, url, headers }: SignedRequest,
  { accessKeyId, region, service, signedHeaders, signature }: Signature,
  secretOf: SecretOf,
): Promise<void> {
  const secretAccessKey = secretOf(accessKeyId);
  if (secretAccessKey === undefined) throw refused();
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    ...{ region, service },
    sha256: Hash.bind(null, 'sha256'),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    uriEscapePath: service !== 's3',
  });
  const request = new HttpRequest({
    ...{ method, path, query: queryOf(url) },
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value !== undefined && signedHeaders.has(name) ? [[name, value]] : [],
      ),
    ),
  });
  const signed = await signer.sign(request, {
    signingDate: signingDate(headers['x-amz-date']),
    signableHeaders: new Set(signedHeaders),
  });
  const expected = signatureOf(signed.headers.authorization)?.signature ?? '';
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) throw refused();
}

const refused = () =>
  new ServiceError(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided',
  );

function queryOf({ searchParams }: URL): Record<string, string[]> {
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
}

/** @param text - YYYYMMDDTHHMMSSZ */
function signingDate(text = ''): Date {
  const date = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(date.getTime())) throw refused();
  return date;
}
