/** An organization, and what goes wrong in a run over it. */
import fc from 'fast-check';
import { type InvocationFault, drawInvocationFault } from '../../local/engine/invocation-faults';
import { drawFault } from '../../local/fake-aws/faults/drawn-fault';
import type { Fault } from '../../local/fake-aws/faults/faults';

export interface FaultCase {
  accounts: number;
  suspended: number;
  batchSize: number;
  faults: Fault[];
  invocationFaults: InvocationFault[];
  /** Whether a run without faults goes before: of the day before, which the others compare themselves with, or of the same day. */
  earlierRun: EarlierRun;
  /** Whether a second run starts at the same time. */
  twoRuns: boolean;
  /** Whether accounts are collected while others are listed. */
  collectsWhileListing: boolean;
  /** Whether the bucket keeps the versions of objects. */
  versions: boolean;
  /** Whether manifests are signed. */
  signing: boolean;
  /** After how many calls to IAM all reports expire, so that IAM generates new ones; never, if there are fewer calls. */
  reportsExpireAfter: number;
  /** Whether an account leaves after the accounts were listed, and the listing is then repeated. */
  leavesAfterListing: boolean;
  /** Whether runs that failed are redriven, without faults, before the last run repairs what is missing. */
  redrive: boolean;
}

export type EarlierRun = 'none' | 'day-before' | 'same-day';

/** Each fault is drawn from its own seed, so that a failing case shrinks to the faults that it needs. */
const drawn = <Drawn>(draw: (seed: number) => Drawn, maxLength: number) =>
  fc.array(fc.nat().map(draw), { maxLength });

/** True in one of `n` cases. */
const oneIn = (n: number) => fc.integer({ min: 1, max: n }).map((one) => one === n);

export const faultCases: fc.Arbitrary<FaultCase> = fc.record({
  accounts: fc.integer({ min: 1, max: 6 }),
  suspended: fc.integer({ min: 0, max: 2 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  faults: drawn(drawFault, 8),
  invocationFaults: drawn(drawInvocationFault, 3),
  earlierRun: fc.constantFrom<EarlierRun[]>('none', 'none', 'day-before', 'same-day'),
  twoRuns: oneIn(3),
  collectsWhileListing: fc.boolean(),
  versions: fc.boolean(),
  signing: fc.boolean(),
  reportsExpireAfter: fc.constantFrom(Infinity, Infinity, Infinity, 1, 4, 10, 25),
  leavesAfterListing: oneIn(6),
  redrive: fc.boolean(),
});

/** The case as it would be written in a test. */
export function formatCase({ faults, invocationFaults, ...rest }: FaultCase): string {
  const literal = (value: object) =>
    `{ ${Object.entries(value)
      .map(([name, field]) => `${name}: ${typeof field === 'string' ? `'${field}'` : String(field)}`)
      .join(', ')} }`;
  return [
    literal(rest),
    ...faults.map((fault) => `  fault ${literal(fault)}`),
    ...invocationFaults.map((fault) => `  invocation fault ${literal(fault)}`),
  ].join('\n');
}
