import {
  areSameRules,
  isLooserThanBenchmark,
  isSameRule,
  ruleOf,
  ruleWith,
} from '../../../handlers/core/rules';
import { CONTEXT } from '../../support/rows';

const { thresholds } = CONTEXT;

describe('the rule of a check', () => {
  it('is empty without a threshold, and else the days of the environment', () => {
    expect(ruleWith(undefined, thresholds, { unusedDays: 60 })).toEqual({});
    expect(ruleWith({ name: 'unusedDays' }, { ...thresholds, unusedDays: 41 }, {})).toEqual({
      unusedDays: 41,
    });
  });

  it('names the days of machines, if they have their own', () => {
    const machines = { unusedDays: 60, rotationDays: undefined };
    expect(ruleWith({ name: 'unusedDays' }, thresholds, machines)).toEqual({
      unusedDays: 45,
      'machines.unusedDays': 60,
    });
    expect(ruleWith({ name: 'rotationDays' }, thresholds, machines)).toEqual({ rotationDays: 90 });
    expect(ruleWith({ name: 'rootUnusedDays' }, thresholds, machines)).toEqual({ rootUnusedDays: 30 });
  });

  it('tells a check without a threshold from one that the run did not have', () => {
    expect(ruleOf({ a: {}, b: { unusedDays: 1 } }, 'a')).toEqual({});
    expect(ruleOf({ a: {}, b: { unusedDays: 1 } }, 'b')).toEqual({ unusedDays: 1 });
    expect(ruleOf({ a: {} }, 'toString')).toBeUndefined();
  });

  it('is the same if its days are, in any order', () => {
    expect(isSameRule({ x: 1, y: 2 }, { y: 2, x: 1 })).toBe(true);
    expect(isSameRule({ x: 1 }, { x: 2 })).toBe(false);
    expect(isSameRule({ x: 1 }, { x: 1, y: 2 })).toBe(false);
    expect(isSameRule({}, {})).toBe(true);
    expect(isSameRule({}, undefined)).toBe(false);
    expect(isSameRule(undefined, undefined)).toBe(true);
  });
});

describe('the rules of two runs', () => {
  it('are the same if every check is in both, with the same days', () => {
    const rules = { a: {}, b: { unusedDays: 1 } };
    expect(areSameRules(rules, { b: { unusedDays: 1 }, a: {} })).toBe(true);
    expect(areSameRules(rules, { ...rules, b: { unusedDays: 2 } })).toBe(false);
    expect(areSameRules(rules, { ...rules, c: {} })).toBe(false);
    expect(areSameRules(rules, { a: {} })).toBe(false);
  });
});

describe('a looser rule', () => {
  it.each<[number | undefined, Record<string, number>, boolean]>([
    [45, { unusedDays: 44 }, false],
    [45, { unusedDays: 45 }, false],
    [45, { unusedDays: 46 }, true],
    // One looser group is enough: the benchmark makes no difference between people and machines.
    [45, { unusedDays: 45, 'machines.unusedDays': 46 }, true],
    [45, { unusedDays: 45, 'machines.unusedDays': 30 }, false],
    [undefined, { unusedDays: 3650 }, false],
    [45, {}, false],
  ])('accepts more days than the benchmark: benchmark %p, rule %j', (benchmark, rule, isLooser) => {
    const threshold = { name: 'unusedDays' as const, ...(benchmark !== undefined && { benchmark }) };
    expect(isLooserThanBenchmark(threshold, rule)).toBe(isLooser);
  });
});
