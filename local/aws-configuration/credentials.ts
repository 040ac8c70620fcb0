import { fromEnv, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { askMfaCode } from './mfa-code';

export interface CredentialsProps {
  /** @default - the default profile */
  readonly profile?: string | undefined;
  /** Sends what is needed to get credentials: to IAM Identity Center, and to STS for a role. */
  readonly requestHandler: NodeHttpHandler;
}

/**
 * The credentials that the AWS CLI would use. Access keys in the environment come first, also before AWS_PROFILE: so
 * does a session that was exported. The SDK would take the profile.
 */
export function credentialsOf(
  { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: NodeJS.ProcessEnv,
  { profile, requestHandler }: CredentialsProps,
): ReturnType<typeof fromNodeProviderChain> {
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return fromEnv();
  let asking: Promise<string> | undefined;
  const chain = fromNodeProviderChain({
    ...(profile && { profile }),
    clientConfig: { requestHandler },
    // A session is renewed before it expires: the prompt of the first attempt may still be open at the next.
    mfaCodeProvider: (device) =>
      (asking ??= askMfaCode(profile ?? 'default', device).finally(() => (asking = undefined))),
  });
  return async (properties) => {
    try {
      return await chain(properties);
    } catch (error) {
      throw explain(error, profile);
    }
  };
}

/** The SDK only says that none of its providers had any. */
function explain(error: unknown, profile: string | undefined): unknown {
  if (!(error instanceof Error) || !error.message.startsWith('Could not load credentials from any'))
    return error;
  const place = profile === undefined ? 'in the environment or the default profile' : `in profile ${profile}`;
  const advice =
    'sign in, for example with aws sso login, or set AWS_PROFILE to a profile that has credentials';
  return new Error(`no credentials ${place}: ${advice}`, { cause: error });
}
