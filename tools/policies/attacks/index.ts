/** What an attacker would try who controls one of the roles, or a role or service elsewhere. */
import type { EnforcedEnvironment } from '../environments';
import { attacksOfCollector } from './of-collector';
import { attacksOfWriters } from './of-writers';
import { attacksOnBucketName } from './on-bucket-name';
import { attacksOnConditions } from './on-conditions';
import { attacksOnDenials } from './on-denials';
import { attacksOnSigning } from './on-signing';
import { attacksOnTrust } from './on-trust';
import type { Attack } from './targets';

export { administratorAttacks } from './of-administrator';
export type { Attack } from './targets';

export function attacks(environment: EnforcedEnvironment): Attack[] {
  return [
    attacksOfCollector,
    attacksOfWriters,
    attacksOnTrust,
    attacksOnConditions,
    attacksOnBucketName,
    attacksOnSigning,
    attacksOnDenials,
  ].flatMap((of) => of(environment));
}
