/** What every SDK client on a workstation is created with: Region, credentials and proxy as the AWS CLI finds them. */
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { trustBundle } from './ca-bundle';
import { credentialsOf } from './credentials';
import { readProfile } from './profile';
import { type FoundRegion, findRegion } from './region';
import { requestHandlerOf } from './request-handler';

export interface AwsConfiguration {
  /** @default - the AWS configuration of this shell has none */
  readonly region?: FoundRegion | undefined;
  /** Options of a client, except its Region. All clients share them, so that nothing is asked twice. */
  readonly client: {
    readonly profile?: string;
    readonly credentials: AwsCredentialIdentityProvider;
    readonly requestHandler: NodeHttpHandler;
  };
}

/**
 * Reads the variables and the shared configuration files; calls nothing yet.
 * @throws if a profile is named that does not exist, or if a Region, a proxy or a file of certificates cannot be one
 */
export async function awsConfiguration(environment: NodeJS.ProcessEnv): Promise<AwsConfiguration> {
  const variables = withValues(environment);
  trustBundle(variables);
  const profile = await readProfile(variables);
  const requestHandler = requestHandlerOf(variables);
  const { name } = profile;
  return {
    region: findRegion(variables, profile),
    client: {
      ...(name !== undefined && { profile: name }),
      credentials: credentialsOf(variables, { profile: name, requestHandler }),
      requestHandler,
    },
  };
}

/** An empty variable counts as not set. */
const withValues = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
