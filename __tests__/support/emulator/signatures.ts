import { generateKeyPairSync } from 'node:crypto';
import { signDigest } from '../../../local/fake-aws/kms/p256';
import type { Answer, Gap, Request } from './front';

interface Call {
  KeyId: string;
  Message?: string;
  MessageType?: string;
}

const makeKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/**
 * moto hashes a message of type DIGEST once more, so that no signature fits. It still decides whether there is such a key
 * and what it may be used for; then signature and public key are replaced by those of another key.
 */
export function signaturesOverDigests(): Gap {
  const keys = new Map<string, ReturnType<typeof makeKey>>();
  const keyOf = (request: Request) => {
    const { KeyId } = callOf(request);
    // By its ID or by its ARN.
    const id = KeyId.split('/').at(-1) ?? KeyId;
    const key = keys.get(id) ?? makeKey();
    keys.set(id, key);
    return key;
  };
  return {
    before: ofOwner,
    after: (request, answer) => {
      const action = actionOf(request);
      if (answer.status !== 200) return answer;
      if (action === 'GetPublicKey') {
        const publicKey = keyOf(request).publicKey.export({ format: 'der', type: 'spki' });
        return withField(answer, { PublicKey: publicKey.toString('base64') });
      }
      const { MessageType, Message = '' } = action === 'Sign' ? callOf(request) : {};
      if (MessageType !== 'DIGEST') return answer;
      const signature = signDigest(keyOf(request).privateKey, Buffer.from(Message, 'base64'));
      return withField(answer, { Signature: signature.toString('base64') });
    },
  };
}

/** moto looks for a key in the account of the caller, even if its ARN names another account. */
function ofOwner(request: Request): undefined {
  if (actionOf(request) !== 'GetPublicKey' && actionOf(request) !== 'Sign') return;
  const [, account] = /^arn:[^:]+:kms:[^:]+:(\d{12}):/.exec(callOf(request).KeyId) ?? [];
  if (account !== undefined) request.headers['x-moto-account-id'] = account;
}

const actionOf = ({ headers }: Request) => /^TrentService\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1];

const callOf = ({ body }: Request) => JSON.parse(body.toString()) as Call;

const withField = (answer: Answer, field: object): Answer => ({
  ...answer,
  body: JSON.stringify({ ...(JSON.parse(answer.body.toString()) as object), ...field }),
});
