/** Signatures that nobody but `summarize-run` makes, and only over hashes. */
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { accountOf } from '../requests';
import { type Attack, targets } from './targets';

const asSigned = { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': 'ECDSA_SHA_256' };

export function attacksOnSigning(environment: EnforcedEnvironment): Attack[] {
  const { role, administrator } = targets(environment);
  const account = accountOf(environment.signingKeyArn);
  const owner = { ...administrator, principal: `arn:aws:iam::${account}:role/Administrator` };
  const onKey = (
    title: string,
    who: Pick<Attack, 'principal' | 'permissions'>,
    action: string,
    context: Attack['context'] = asSigned,
  ): Attack => ({
    ...who,
    title,
    action,
    resource: environment.signingKeyArn,
    account,
    context,
  });
  const signer = { principal: role('summarize-run') };
  const denied = { deniedBy: { document: 'signing-key/key', sid: 'SignerOnly' } };
  return [
    ...HANDLERS.filter((handler) => handler !== 'summarize-run').map((handler) =>
      onKey(`${handler} signs`, { principal: role(handler) }, 'kms:Sign'),
    ),
    { ...onKey('an administrator of the account of the key signs', owner, 'kms:Sign'), ...denied },
    onKey('an administrator of the collecting account signs', administrator, 'kms:Sign'),
    onKey('summarize-run signs what is no hash', signer, 'kms:Sign', {
      ...asSigned,
      'kms:MessageType': 'RAW',
    }),
    onKey('summarize-run signs with another algorithm', signer, 'kms:Sign', {
      ...asSigned,
      'kms:SigningAlgorithm': 'ECDSA_SHA_384',
    }),
    onKey('summarize-run deletes the key that signs', signer, 'kms:ScheduleKeyDeletion', {}),
    onKey('summarize-run lets others sign', signer, 'kms:PutKeyPolicy', {}),
  ];
}
