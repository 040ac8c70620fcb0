import { knowledgeOfRegion } from '../../constructs/partition';
import type { Profile } from './profile';

/** A Region and where it was found, as messages name it. */
export interface FoundRegion {
  readonly name: string;
  readonly from: string;
}

/** Says why another Region has to be used. */
export const NO_REGION = 'neither AWS_REGION, AWS_DEFAULT_REGION nor the AWS profile names a Region';

/**
 * The Region that the AWS CLI would use, if any. The SDK ignores AWS_DEFAULT_REGION.
 * @throws if it cannot be one, such as one with a space
 */
export function findRegion(environment: NodeJS.ProcessEnv, profile: Profile): FoundRegion | undefined {
  const found = namedRegion(environment, profile);
  if (found && knowledgeOfRegion(found.name) === 'impossible')
    throw new Error(`${found.from} must name an AWS Region: got ${JSON.stringify(found.name)}`);
  return found;
}

function namedRegion(environment: NodeJS.ProcessEnv, profile: Profile): FoundRegion | undefined {
  for (const from of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const name = environment[from];
    if (name) return { name, from };
  }
  return profile.region === undefined
    ? undefined
    : { name: profile.region, from: `profile ${profile.name ?? 'default'}` };
}
