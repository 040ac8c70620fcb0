import { type KeyObject, createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { type Service, ServiceError } from '../service';
import { signDigest } from './p256';

/** An asymmetric key for signatures (ECC_NIST_P256). */
export interface SigningKey {
  id: string;
  arn: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export function makeSigningKey(account: string, region = 'us-east-1', partition = 'aws'): SigningKey {
  const id = randomUUID();
  const arn = `arn:${partition}:kms:${region}:${account}:key/${id}`;
  return { id, arn, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

export interface KmsProps {
  keys: readonly SigningKey[];
  /**
   * Whether the caller may not do this.
   * @default - everything is allowed
   */
  denies?: (action: 'GetPublicKey' | 'Sign', key: SigningKey) => boolean;
}

interface SignCall {
  KeyId: string;
  Message: string;
  MessageType?: string;
  SigningAlgorithm: string;
}

const ALGORITHM = 'ECDSA_SHA_256';
const DIGEST_BYTES = 32;

/** AWS KMS: GetPublicKey and Sign. */
export function kmsService({ keys, denies = () => false }: KmsProps): Service {
  return ({ headers, body }) => {
    const [service, action] = (headers['x-amz-target'] ?? '').split('.');
    if (service !== 'TrentService' || (action !== 'GetPublicKey' && action !== 'Sign'))
      throw new ServiceError(400, 'UnknownOperationException', String(headers['x-amz-target']));
    const call = JSON.parse(body.toString()) as SignCall;
    const key = keys.find(({ id, arn }) => call.KeyId === id || call.KeyId === arn);
    if (!key) throw new ServiceError(400, 'NotFoundException', `Key '${call.KeyId}' does not exist`);
    if (denies(action, key)) {
      const message = `not authorized to perform: kms:${action} on resource: ${key.arn}`;
      throw new ServiceError(400, 'AccessDeniedException', message);
    }
    const answer = action === 'Sign' ? sign(key, call) : publicKey(key);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ KeyId: key.arn, ...answer }),
    };
  };
}

function publicKey(key: SigningKey) {
  return {
    PublicKey: key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    KeySpec: 'ECC_NIST_P256',
    CustomerMasterKeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: [ALGORITHM],
  };
}

function sign(key: SigningKey, { Message, MessageType = 'RAW', SigningAlgorithm }: SignCall) {
  if (SigningAlgorithm !== ALGORITHM)
    throw new ServiceError(400, 'InvalidKeyUsageException', `Algorithm ${SigningAlgorithm} is not supported`);
  const message = Buffer.from(Message, 'base64');
  if (MessageType === 'DIGEST' && message.length !== DIGEST_BYTES)
    throw new ServiceError(
      400,
      'ValidationException',
      `Digest is invalid length for algorithm ${ALGORITHM}.`,
    );
  const digest = MessageType === 'DIGEST' ? message : createHash('sha256').update(message).digest();
  return { Signature: signDigest(key.privateKey, digest).toString('base64'), SigningAlgorithm };
}
