import { nextPoll } from '../../../handlers/collect-reports/poll-schedule';

const batches = [1, 2, 3, 40, 250, 1250];
const settings = [
  { seconds: 60, cycles: 45 },
  { seconds: 1, cycles: 1 },
  { seconds: 7, cycles: 3 },
  { seconds: 300, cycles: 9 },
];

function polls(waiting: { seconds: number; cycles: number }, batch: number) {
  const found = [];
  for (let poll = nextPoll(0, waiting, batch); poll; poll = nextPoll(poll.waited, waiting, batch))
    found.push(poll);
  return found;
}

describe('the schedule of polls', () => {
  it.each(settings)('waits $cycles cycles of $seconds s in total', (waiting) => {
    for (const batch of batches) {
      const total = polls(waiting, batch).reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
      expect(total).toBe(waiting.seconds * waiting.cycles);
    }
  });

  it.each(settings)(
    'polls at the end of every cycle of $seconds s, or up to a quarter of a cycle sooner',
    (waiting) => {
      for (const batch of batches) {
        const at = polls(waiting, batch).map(({ waited }) => waited);
        for (let cycle = 1; cycle <= waiting.cycles; cycle++) {
          const end = cycle * waiting.seconds;
          expect(at.some((poll) => poll <= end && poll > end - waiting.seconds * 0.25 - 1)).toBe(true);
        }
      }
    },
  );

  it('polls soon after the request, then at intervals that grow up to a whole cycle', () => {
    const at = polls({ seconds: 60, cycles: 45 }, 1).map(({ waited }) => waited);
    expect(at[0]).toBeLessThanOrEqual(5);
    // 20 polls more than cycles, none of them after the fifth cycle.
    expect(at).toHaveLength(45 + 20);
    expect(at.filter((poll) => poll > 5 * 60)).toHaveLength(45 - 5);
  });

  it('finds a ready report after at most half of the time waited so far, or a cycle', () => {
    for (const batch of batches) {
      const at = [0, ...polls({ seconds: 60, cycles: 45 }, batch).map(({ waited }) => waited)];
      at.slice(1).forEach((poll, index) => {
        const before = at[index]!;
        expect(poll - before).toBeLessThanOrEqual(Math.max(6, Math.min(75, before * 0.5)));
      });
    }
  });

  it('waits whole seconds, at least one', () => {
    for (const waiting of settings) {
      for (const { waitSeconds } of batches.flatMap((batch) => polls(waiting, batch))) {
        expect(Number.isInteger(waitSeconds)).toBe(true);
        expect(waitSeconds).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('does not poll all batches in the same second', () => {
    const second = batches.map((batch) => polls({ seconds: 60, cycles: 45 }, batch)[40]?.waited);
    expect(new Set(second).size).toBeGreaterThan(2);
  });

  it('plans the same next poll for a poll that is repeated', () => {
    expect(nextPoll(120, { seconds: 60, cycles: 45 }, 7)).toEqual(
      nextPoll(120, { seconds: 60, cycles: 45 }, 7),
    );
  });

  it.each([
    [1, [4, 8, 12, 16, 20, 24, 28, 32, 36, 41, 47, 53, 60, 69, 77, 89, 103, 118, 137, 154, 178, 206, 234]],
    [2, [4, 8, 12, 16, 20, 24, 28, 32, 36, 41, 46, 54, 60, 68, 79, 88, 102, 120, 135, 156, 180, 203, 238]],
  ])('polls batch %d at these seconds of its first four cycles of 60 s', (batch, seconds) => {
    const at = polls({ seconds: 60, cycles: 45 }, batch).map(({ waited }) => waited);
    expect(at.filter((poll) => poll <= 240)).toEqual(seconds);
  });

  it('polls short cycles only while time is left', () => {
    expect(polls({ seconds: 7, cycles: 3 }, 1)).toEqual([
      { waitSeconds: 4, waited: 4 },
      { waitSeconds: 3, waited: 7 },
      { waitSeconds: 4, waited: 11 },
      { waitSeconds: 3, waited: 14 },
      { waitSeconds: 4, waited: 18 },
      { waitSeconds: 3, waited: 21 },
    ]);
    expect(nextPoll(21, { seconds: 7, cycles: 3 }, 1)).toBeUndefined();
    // At 4 s the next poll would come at 8 s, 2 s before the end of the cycle.
    expect(polls({ seconds: 10, cycles: 1 }, 1).map(({ waited }) => waited)).toEqual([4, 10]);
  });
});
