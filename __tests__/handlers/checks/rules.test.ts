import { checks } from '../../../handlers/checks';
import { cisOf, isLooserThanBenchmark, ruleOf, rulesOf } from '../../../handlers/checks/rules';
import { CONTEXT } from '../../support/rows';

const { thresholds } = CONTEXT;

describe('the rules of a run', () => {
  it('are every check with its threshold, or null', () => {
    const rules = rulesOf({ unusedDays: 41, rotationDays: 42, rootUnusedDays: 43 });
    expect(Object.keys(rules)).toEqual(checks.map(({ id }) => id));
    expect(Object.entries(rules).filter(([, threshold]) => threshold !== null)).toEqual([
      ['root-recent-use', 43],
      ['unused-45-days', 41],
      ['key-rotation-90-days', 42],
    ]);
  });

  it('differ in whatever a title says: a check whose title has a number declares its threshold', () => {
    const other = { unusedDays: 1, rotationDays: 2, rootUnusedDays: 3 };
    for (const { title, threshold } of checks)
      expect(title(other) === title(thresholds)).toBe(threshold === undefined);
  });

  it('tell a check without a threshold from one that the run did not have', () => {
    expect(ruleOf({ a: null, b: 1 }, 'a')).toBeNull();
    expect(ruleOf({ a: null, b: 1 }, 'b')).toBe(1);
    expect(ruleOf({ a: null, b: 1 }, 'toString')).toBeUndefined();
  });
});

describe('the numbers of the benchmark', () => {
  const numberOf = (id: string, change: Partial<typeof thresholds>) =>
    cisOf(
      checks.find((check) => check.id === id)!,
      { ...thresholds, ...change },
    )?.['v3.0'] ?? null;

  it.each([
    ['unused-45-days', { unusedDays: 44 }, '1.12'],
    ['unused-45-days', { unusedDays: 45 }, '1.12'],
    ['unused-45-days', { unusedDays: 46 }, null],
    ['key-rotation-90-days', { rotationDays: 90 }, '1.14'],
    ['key-rotation-90-days', { rotationDays: 91 }, null],
    ['key-rotation-90-days', { unusedDays: 46 }, '1.14'],
    // The benchmark gives no number of days.
    ['root-recent-use', { rootUnusedDays: 3650 }, '1.7'],
    ['root-mfa', { unusedDays: 3650 }, '1.5'],
    ['root-row-missing', {}, null],
  ])('are lost when the threshold is looser: %s with %j', (id, change, number) => {
    expect(numberOf(id, change)).toBe(number);
  });

  it('are not claimed by looser checks only', () => {
    const loose = checks.filter((check) =>
      isLooserThanBenchmark(check, { unusedDays: 46, rotationDays: 91, rootUnusedDays: 999 }),
    );
    expect(loose.map(({ id }) => id)).toEqual(['unused-45-days', 'key-rotation-90-days']);
  });
});
