import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from './signer';

/** Characters in a line of PEM (RFC 7468). */
const PEM_LINE = /.{1,64}/g;

/** Signs with an asymmetric KMS key that never leaves KMS. */
export function kmsSigner(kms: KMSClient, keyArn: string): Signer {
  return {
    keyId: keyArn.split('/').at(-1) ?? keyArn,
    sign: async (sha256) => {
      const { Signature = new Uint8Array() } = await kms.send(
        new SignCommand({
          KeyId: keyArn,
          Message: Buffer.from(sha256, 'hex'),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return Signature;
    },
    publicKey: async () => {
      const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: keyArn }));
      const lines = Buffer.from(PublicKey).toString('base64').match(PEM_LINE) ?? [];
      return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
    },
  };
}
