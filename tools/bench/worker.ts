/** Measures one size in a thread of its own: its virtual clock takes the place of the thread's timers. */
import type { SynthesizedStack } from '../../local/synthesized-stack';
import { type SizeFigures, measure } from './measure';
import type { RunProps } from './modelled-run';

export interface Measurement extends Omit<RunProps, 'onReport'> {
  stack: SynthesizedStack;
  /** Reports that all workers have collected; only for the display. */
  collected: Int32Array;
}

// Handlers write one line an account, and metrics.
console.log = () => undefined;
process.stdout.write = () => true;
process.env.AWS_REGION = 'us-east-1';

export default function measured({ stack, collected, ...props }: Measurement): Promise<SizeFigures> {
  return measure(stack, { ...props, onReport: () => Atomics.add(collected, 0, 1) });
}
