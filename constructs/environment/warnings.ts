import { knowledgeOfRegion } from '../partition';
import type { Environment } from './environment';

/** What may be a mistake in an environment that is valid: one sentence each. */
export function warningsOf({ region }: Environment): string[] {
  if (knowledgeOfRegion(region) === 'listed') return [];
  return [
    `region ${region} is not among the Regions that this version knows; check its name, and that it offers all services`,
  ];
}
