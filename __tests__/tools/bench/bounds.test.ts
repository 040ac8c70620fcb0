import { boundsOf } from '../../../tools/bench/bounds';
import type { SizeFigures } from '../../../tools/bench/measure';
import { tables } from '../../../tools/bench/table';

const kept = {
  accounts: 10_000,
  collected: 10_000,
  seconds: 120,
  floorSeconds: 100,
  leastSeconds: 90,
  ratio: 1.2,
  collectedSeconds: 110,
  collectedRatio: 1.1,
  summarySeconds: 10,
  transitions: 600,
  maxHistoryEvents: 121,
  parentHistoryEvents: 24,
  maxPayloadBytes: 1_900,
  listingSeconds: 62,
  invocations: 180,
  gbSeconds: 460,
  usd: 0.02,
  usdPerMonth: 0.6,
  usdTransitions: 0.015,
  usdS3: 0.05,
} as SizeFigures;

const broken = (change: Partial<SizeFigures>) =>
  boundsOf({ ...kept, ...change }).flatMap(({ rule, holds }) => (holds ? [] : rule));

describe('the bounds of a run', () => {
  it('hold for figures within them', () => {
    expect(broken({})).toEqual([]);
  });

  it.each<[Partial<SizeFigures>, string]>([
    [{ collected: 9_999 }, 'collects all 10000'],
    [{ ratio: 1.26 }, 'seconds of the run, summary included, to the floor at most 1.25'],
    [{ collectedRatio: 1.26 }, 'seconds until all is collected, to the floor at most 1.25'],
    [{ maxHistoryEvents: 25_000 }, 'history events of an execution at most 24999'],
    [{ parentHistoryEvents: 200 }, 'history events of the parent at most 199'],
    [{ maxPayloadBytes: 65_537 }, 'bytes of a payload at most 65536'],
    [{ listingSeconds: 451 }, 'seconds of the listing function at most 450'],
    [{ usdTransitions: 0.11 }, 'dollars of transitions at most 0.1'],
    [{ usd: 0.21 }, 'dollars with Lambda at most 0.2'],
  ])('name what is broken: %j', (change, rule) => {
    expect(broken(change)).toEqual([rule]);
  });

  it('are marked in the table', () => {
    const comparator = { ...kept, completes: false, breaksOn: 'history' };
    const text = tables([{ ...kept, comparator, ratio: 1.3 }]);
    expect(text).toContain('MISSED  10,000 accounts: seconds of the run, summary included, to the floor');
    expect(text.match(/MISSED/g)).toHaveLength(1);
  });
});
