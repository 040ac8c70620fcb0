import { nextPoll } from '../../../handlers/collect-reports/poll-schedule';

const batches = [1, 2, 3, 40, 250, 1250];
const settings = [
  { seconds: 60, cycles: 45 },
  { seconds: 1, cycles: 1 },
  { seconds: 7, cycles: 3 },
  { seconds: 300, cycles: 9 },
];

function looks(waiting: { seconds: number; cycles: number }, batch: number) {
  const found = [];
  for (let look = nextPoll(0, waiting, batch); look; look = nextPoll(look.waited, waiting, batch))
    found.push(look);
  return found;
}

describe('the schedule of looks', () => {
  it.each(settings)('waits $cycles cycles of $seconds s in all', (waiting) => {
    for (const batch of batches) {
      const total = looks(waiting, batch).reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
      expect(total).toBe(waiting.seconds * waiting.cycles);
    }
  });

  it.each(settings)(
    'ends every cycle of $seconds s with a look, or up to a quarter cycle sooner',
    (waiting) => {
      for (const batch of batches) {
        const at = looks(waiting, batch).map(({ waited }) => waited);
        for (let cycle = 1; cycle <= waiting.cycles; cycle++) {
          const end = cycle * waiting.seconds;
          expect(at.some((look) => look <= end && look > end - waiting.seconds * 0.25 - 1)).toBe(true);
        }
      }
    },
  );

  it('looks soon after the request, then in intervals that grow up to the cycle', () => {
    const at = looks({ seconds: 60, cycles: 45 }, 1).map(({ waited }) => waited);
    expect(at[0]).toBeLessThanOrEqual(5);
    // 20 looks more than cycles; none of them after the fifth cycle.
    expect(at).toHaveLength(45 + 20);
    expect(at.filter((look) => look > 5 * 60)).toHaveLength(45 - 5);
  });

  it('finds a report when it has waited for no more than half of the time before, or a cycle', () => {
    for (const batch of batches) {
      const at = [0, ...looks({ seconds: 60, cycles: 45 }, batch).map(({ waited }) => waited)];
      at.slice(1).forEach((look, index) => {
        const before = at[index]!;
        expect(look - before).toBeLessThanOrEqual(Math.max(6, Math.min(75, before * 0.5)));
      });
    }
  });

  it('waits whole seconds, at least one', () => {
    for (const waiting of settings) {
      for (const { waitSeconds } of batches.flatMap((batch) => looks(waiting, batch))) {
        expect(Number.isInteger(waitSeconds)).toBe(true);
        expect(waitSeconds).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('does not let all batches look at the same second', () => {
    const second = batches.map((batch) => looks({ seconds: 60, cycles: 45 }, batch)[40]?.waited);
    expect(new Set(second).size).toBeGreaterThan(2);
  });

  it('plans the same for a look that is repeated', () => {
    expect(nextPoll(120, { seconds: 60, cycles: 45 }, 7)).toEqual(
      nextPoll(120, { seconds: 60, cycles: 45 }, 7),
    );
  });
});
