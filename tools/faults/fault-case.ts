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
  /** Whether there is a previous run without faults, which the others compare themselves with. */
  earlierRun: boolean;
  /** Whether a second run starts at the same time. */
  twoRuns: boolean;
  prefetch: Prefetch;
}

/**
 * When the invocations that request reports early run. They are asynchronous: they may run at any time, and more than
 * once.
 */
export type Prefetch = 'never' | 'at-once' | 'late' | 'twice';

/** Each fault is drawn from its own seed, so that a failing case shrinks to the faults that it needs. */
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
  // A fault that hits the prefetch never makes an account fail. Half of the cases have none, so that faults hit polls.
  prefetch: fc.constantFrom<Prefetch[]>('never', 'never', 'never', 'at-once', 'late', 'twice'),
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
