import { custodianDifferences } from './custodian-differences';
import type { Explanation } from './differences';
import { portedDifferences } from './ported-differences';
import { prowlerDifferences } from './prowler-differences';

/** Every kind of difference that is known, by peer. The first that fits a difference explains it. */
export const explanations: readonly Explanation[] = [
  ...prowlerDifferences,
  ...custodianDifferences,
  ...portedDifferences,
];
