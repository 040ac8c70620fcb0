import type { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Fn } from 'cdktf';

/**
 * The alias of a key that outlasts its option. It ends with the first digits of the key's ID: when the option is chosen
 * again, the new key cannot have the alias that the kept one still has.
 */
export const keyAlias = (name: string, { keyId }: KmsKey) => `alias/${name}-${Fn.substr(keyId, 0, 8)}`;
