/** How long batches take by the model, and which settings are refused. */
import {
  MOST_ACCOUNTS,
  batchesOf,
  payloadBytes,
  secondsOfBatches,
  timeLimit,
} from '../../../constructs/workflow/run-times';
import { impossibleSettings } from '../../../constructs/workflow/impossible-settings';
import { validateEnvironment } from '../../../constructs/environment/problems';
import { nextPoll } from '../../../handlers/collect-reports/poll-schedule';
import { execute } from '../../../local/engine/workflow';
import { inVirtualTime } from '../../../tools/bench/virtual-time';
import { stateMachine } from '../../../tools/faults/state-machine';
import { settingsAndTimes, sizes } from '../../../tools/generate/settings-and-times';

const waiting = { seconds: 60, cycles: 45 };

/** Seconds that the synthesized state machine takes on a virtual clock, with functions that answer at once. */
async function executedSeconds(batches: number, MaxConcurrency: number, collecting: number): Promise<number> {
  const { definition, name, arn } = stateMachine();
  const map = { ...definition.States.CollectReports!, MaxConcurrency };
  return inVirtualTime(async () => {
    const started = Date.now();
    await execute({
      stateMachine: {
        name,
        arn,
        definition: { ...definition, States: { ...definition.States, CollectReports: map } },
      },
      execution: 'run',
      integrations: {
        'lambda:invoke': ({ FunctionName, Payload }) =>
          Promise.resolve({ Payload: answer(FunctionName, Payload) }),
        'sns:publish': () => Promise.resolve({}),
      },
    });
    return (Date.now() - started) / 1000;
  });

  function answer(functionName: string, event: unknown): object {
    if (functionName.includes('list-accounts'))
      return {
        run: 'r',
        ledger: 'l',
        nonce: 'n',
        batches: Array.from({ length: batches }, (_, index) => index + 1),
      };
    if (functionName.includes('summarize-run')) return { publish: false };
    const isFirst = (event as { waited: number }).waited === 0;
    return isFirst && collecting > 0
      ? { pending: 1, waitSeconds: collecting, waited: collecting }
      : { pending: 0, waitSeconds: 0, waited: 1 };
  }
}

describe('the model of batches', () => {
  it.each([
    [8, 2, 0, 16],
    [8, 2, 10, 56],
    [7, 3, 5, 24],
    [20, 20, 7, 26],
    [5, 100, 60, 64],
    [1, 1, 0, 0],
  ])(
    '%s batches, %s at a time, each collecting for %s s, take %s s, as when executed',
    async (batches, concurrency, collecting, seconds) => {
      expect(secondsOfBatches(batches, concurrency, collecting)).toBe(seconds);
      expect(await executedSeconds(batches, concurrency, collecting)).toBeCloseTo(seconds, 0);
    },
  );

  it.each([
    [1_000, 20, 25_450],
    [10_000, 1_000, 54_990],
    [50_000, 1_000, 1_274_950],
  ])('grows with the square: %s batches, %s at a time, take %s s', (batches, concurrency, seconds) => {
    expect(secondsOfBatches(batches, concurrency)).toBe(seconds);
  });
});

describe('the table of settings', () => {
  it('has every size with every setting', () => {
    expect(sizes).toEqual([10, 1_000, 10_000, MOST_ACCOUNTS]);
    expect(settingsAndTimes).toHaveLength(28);
  });

  it.each(settingsAndTimes.map((row) => [row.batchSize, row.mapConcurrency, row] as const))(
    'batchSize %s, mapConcurrency %s: ends within its time limit, or is refused',
    (batchSize, mapConcurrency, { seconds, refused }) => {
      const size = { batchSize, mapConcurrency, waiting };
      const longest = secondsOfBatches(
        batchesOf(MOST_ACCOUNTS, batchSize),
        mapConcurrency,
        waiting.seconds * waiting.cycles,
      );
      const works = longest + 2 * 900 <= timeLimit(size) && payloadBytes(MOST_ACCOUNTS, batchSize) <= 262_144;
      expect(refused.length === 0).toBe(works);
      if (works) expect(Math.max(...seconds)).toBeLessThanOrEqual(12_600);
    },
  );

  it('is what validation says', () => {
    for (const { batchSize, mapConcurrency, refused } of settingsAndTimes) {
      const result = validateEnvironment({ scale: { batchSize, mapConcurrency } });
      const fields = 'problems' in result ? result.problems.map(({ field }) => field) : [];
      expect(fields).toEqual(refused.map((kind) => (kind === 'time limit' ? 'waiting' : 'scale')));
    }
  });
});

describe('settings that cannot work', () => {
  const refusals = (environment: object) => {
    const result = validateEnvironment(environment);
    return 'problems' in result ? result.problems.map(({ text }) => text) : [];
  };

  it('are refused with the numbers, and with settings that work', () => {
    expect(refusals({ scale: { batchSize: 50, mapConcurrency: 20 } })).toEqual([
      'scale must let batches start in time: 50,000 accounts, the most of an organization, are 1,000 batches, and with 20 at a ' +
        'time, the last one starts after 25,450 s (7.1 h), but the time limit of a run leaves 12,600 s (3.5 h) for that. Set ' +
        '`mapConcurrency` to at least 42, or `batchSize` to at least 72; got {"batchSize":50,"mapConcurrency":20}',
    ]);
    expect(refusals({ scale: { batchSize: 50, mapConcurrency: 42 } })).toEqual([]);
    expect(refusals({ scale: { batchSize: 72, mapConcurrency: 20 } })).toEqual([]);
    expect(refusals({ scale: { batchSize: 50, mapConcurrency: 41 } })).toHaveLength(1);
    expect(refusals({ scale: { batchSize: 71, mapConcurrency: 20 } })).toHaveLength(1);
  });

  it('are all told at once', () => {
    const texts = refusals({ scale: { batchSize: 1, mapConcurrency: 1 }, waiting: { seconds: 3_600 } });
    expect(texts.map((text) => text.split(':')[0])).toEqual([
      'scale must have a larger `batchSize`',
      'scale must let batches start in time',
      'waiting must let a run end within a year, the 31,536,000 s that Step Functions allows',
    ]);
  });

  it('are refused for more than a year, and only for more', () => {
    const waitFor = (cycles: number) =>
      impossibleSettings({ batchSize: 400, mapConcurrency: 1, waiting: { seconds: 1_000, cycles } });
    // 125 batches, one after the other: 125,000 s for each cycle, and four hours.
    expect(waitFor(252)).toEqual([]);
    expect(waitFor(253).map(({ kind }) => kind)).toEqual(['time limit']);
  });

  it('pass 256 KiB with one account a batch and more than 45,400 accounts', () => {
    expect(payloadBytes(45_300, 1)).toBeLessThanOrEqual(262_144);
    expect(payloadBytes(45_400, 1)).toBeGreaterThan(262_144);
    expect(payloadBytes(MOST_ACCOUNTS, 2)).toBeLessThanOrEqual(262_144);
  });

  it('are not told of fields that are invalid', () => {
    expect(refusals({ scale: { batchSize: 0, mapConcurrency: 1 } })).toEqual([
      'scale.batchSize must be a whole number from 1 to 500; got 0',
    ]);
  });
});

it('the longest waiting that can be set stays below 25,000 events in the history of a batch', () => {
  const longest = { seconds: 3_600, cycles: 1_000 };
  let polls = 1;
  for (let next = nextPoll(0, longest, 1); next; next = nextPoll(next.waited, longest, 1)) polls++;
  // 5 events for CollectBatch, 2 for each of AnyPending? and WaitForReports; 2 each for start, turn and end.
  expect(polls * 9 + 6).toBeLessThan(10_000);
});
