import type { SizeFigures } from './measure';
import { model } from './model';

/** A rule for a size of organization, with the figure that it is about. */
export interface Bound {
  rule: string;
  figure: number;
  holds: boolean;
}

/** A quarter of what Step Functions accepts. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** In smaller organizations, one cycle of polling changes the time too much to compare it with the floor. */
const LARGE = 10_000;

export function boundsOf(size: SizeFigures): Bound[] {
  const atMost = (name: string, figure: number, most: number): Bound => ({
    rule: `${name} at most ${most}`,
    figure,
    holds: figure <= most,
  });
  return [
    {
      rule: `accounts collected: all ${size.accounts}`,
      figure: size.collected,
      holds: size.collected === size.accounts,
    },
    atMost('history events of an execution', size.maxHistoryEvents, model.stepFunctions.maxHistoryEvents - 1),
    atMost('history events of the parent', size.parentHistoryEvents, 199),
    atMost('bytes of a payload', size.maxPayloadBytes, MAX_PAYLOAD_BYTES),
    atMost('seconds of the listing', size.listingSeconds, model.lambda.maxTimeoutSeconds / 2),
    ...(size.accounts >= LARGE
      ? [
          atMost('seconds until all reports are collected / floor', size.collectedRatio, 1.25),
          atMost('seconds of the run / floor', size.ratio, 1.25),
        ]
      : []),
    ...(size.accounts === LARGE
      ? [
          atMost('dollars for transitions', size.usdTransitions, 0.1),
          atMost('dollars for transitions and Lambda', size.usd, 0.2),
        ]
      : []),
  ];
}
