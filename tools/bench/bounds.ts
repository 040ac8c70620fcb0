import type { SizeFigures } from './measure';
import { model } from './model';

/** What has to hold of a size, with the figure that it is held against. */
export interface Bound {
  rule: string;
  figure: number;
  holds: boolean;
}

/** Largest payload that this project allows itself; Step Functions takes four times as much. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** Sizes from which the time is held against the floor: below, a cycle more or less is no matter. */
const LARGE = 10_000;

export function boundsOf(size: SizeFigures): Bound[] {
  const atMost = (rule: string, figure: number, most: number): Bound => ({
    rule: `${rule} at most ${most}`,
    figure,
    holds: figure <= most,
  });
  return [
    {
      rule: `collects all ${size.accounts}`,
      figure: size.collected,
      holds: size.collected === size.accounts,
    },
    atMost('history events of an execution', size.maxHistoryEvents, model.stepFunctions.maxHistoryEvents - 1),
    atMost('history events of the parent', size.parentHistoryEvents, 199),
    atMost('bytes of a payload', size.maxPayloadBytes, MAX_PAYLOAD_BYTES),
    atMost('seconds of the listing function', size.listingSeconds, model.lambda.longestSeconds / 2),
    ...(size.accounts >= LARGE
      ? [
          atMost('seconds until all is collected, to the floor', size.collectedRatio, 1.25),
          atMost('seconds of the run, summary included, to the floor', size.ratio, 1.25),
        ]
      : []),
    ...(size.accounts === LARGE
      ? [
          atMost('dollars of transitions', size.usdTransitions, 0.1),
          atMost('dollars with Lambda', size.usd, 0.2),
        ]
      : []),
  ];
}
