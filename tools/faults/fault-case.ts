/** One organization, and what goes wrong in a run over it. */
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
  /** Whether a run without faults went before, with which the others compare themselves. */
  earlierRun: boolean;
  /** Whether a second run is started at the same time. */
  twoRuns: boolean;
  /** What becomes of the invocations that ask accounts ahead. */
  ahead: Ahead;
}

/** Invocations for which nobody waits come when they come, and may come more than once. */
export type Ahead = 'never' | 'at-once' | 'late' | 'twice';

/** A fault is drawn from a seed of its own, so that a failing case shrinks to the faults that it needs. */
const drawn = <Drawn>(draw: (seed: number) => Drawn, maxLength: number) =>
  fc.array(fc.nat().map(draw), { maxLength });

export const faultCases: fc.Arbitrary<FaultCase> = fc.record({
  accounts: fc.integer({ min: 1, max: 6 }),
  suspended: fc.integer({ min: 0, max: 2 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  faults: drawn(drawFault, 8),
  invocationFaults: drawn(drawInvocationFault, 3),
  earlierRun: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
  twoRuns: fc.integer({ min: 0, max: 2 }).map((one) => one === 2),
  // What hits it is no reason for anything: in half of the cases it is left out, so that faults hit the looks.
  ahead: fc.constantFrom<Ahead[]>('never', 'never', 'never', 'at-once', 'late', 'twice'),
});

/** The case as it would be written in a test. */
export function described({ faults, invocationFaults, ...rest }: FaultCase): string {
  const literal = (value: object) =>
    `{ ${Object.entries(value)
      .map(([name, one]) => `${name}: ${typeof one === 'string' ? `'${one}'` : String(one)}`)
      .join(', ')} }`;
  return [
    literal(rest),
    ...faults.map((fault) => `  fault ${literal(fault)}`),
    ...invocationFaults.map((fault) => `  invocation fault ${literal(fault)}`),
  ].join('\n');
}
