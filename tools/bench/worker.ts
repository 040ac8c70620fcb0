/** Measures one size in its own thread, because the virtual clock replaces the timers of the thread. */
import type { SynthesizedStack } from '../../local/synthesized-stack';
import { type SizeFigures, measure } from './measure';
import type { RunProps } from './modeled-run';

export interface Measurement extends Omit<RunProps, 'onReport'> {
  stack: SynthesizedStack;
  /** Reports that all workers have collected so far, to show progress. */
  collected: Int32Array;
}

process.env.AWS_REGION = 'us-east-1';

export default function measureSize({ stack, collected, ...props }: Measurement): Promise<SizeFigures> {
  return measure(stack, { ...props, onReport: () => Atomics.add(collected, 0, 1) });
}
