/**
 * Credentials for the services of this process. Each secret is derived from its access key and from a random key that never
 * leaves the process, so whoever is not given a secret cannot sign a request.
 */
import { createHmac, randomBytes } from 'node:crypto';

const KEY = randomBytes(32);

/** Secret of an access key; the services need no list of the sessions that they issued. */
export type SecretOf = (accessKeyId: string) => string | undefined;

export const secretOf = (accessKeyId: string): string =>
  createHmac('sha256', KEY).update(accessKeyId).digest('base64');

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** @param accessKeyId - names the caller */
export function credentialsOf(accessKeyId = 'AKIALOCALCOLLECTOR00'): Credentials {
  return { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
}

/** Credentials as the environment variables that every AWS SDK reads. */
export const credentialVariables = ({ accessKeyId, secretAccessKey } = credentialsOf()) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});
