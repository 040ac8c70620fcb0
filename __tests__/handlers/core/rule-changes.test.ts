import { RuleChanges, ruleDifferences } from '../../../handlers/core/rule-changes';
import { areSameRules } from '../../../handlers/core/rules';

const days = (unusedDays: number) => ({ unusedDays });

const BEFORE = { 'unused-45-days': days(45), 'root-mfa': {}, 'old-check': {} };
const AFTER = { 'unused-45-days': days(400), 'root-mfa': {}, 'new-check': days(7) };

describe('the rules of two runs', () => {
  it('differ by thresholds, and by checks that came or went', () => {
    expect(ruleDifferences(BEFORE, AFTER)).toEqual([
      { check: 'new-check', change: 'added', before: null, after: days(7) },
      { check: 'old-check', change: 'removed', before: {}, after: null },
      { check: 'unused-45-days', change: 'changed', before: days(45), after: days(400) },
    ]);
    expect(ruleDifferences({ check: {} }, { check: days(1) })).toEqual([
      { check: 'check', change: 'changed', before: {}, after: days(1) },
    ]);
  });

  it('are the same in any order', () => {
    expect(areSameRules({ a: days(1), b: {} }, { b: {}, a: days(1) })).toBe(true);
    expect(areSameRules({ a: days(1) }, { a: days(2) })).toBe(false);
    expect(areSameRules({ a: {} }, {})).toBe(false);
    expect(areSameRules({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } })).toBe(true);
  });
});

describe('the rules that changed', () => {
  it('are told even if no finding appeared or disappeared by that', () => {
    expect(new RuleChanges(BEFORE, AFTER).all).toMatchObject([
      { check: 'new-check', since: 'earlier-run', appeared: 0, disappeared: 0 },
      { check: 'old-check' },
      { check: 'unused-45-days' },
    ]);
    expect(new RuleChanges(AFTER, AFTER).all).toEqual([]);
  });

  it('count what appeared and disappeared by them', () => {
    const changes = new RuleChanges(BEFORE, AFTER);
    changes.count('disappeared', 'unused-45-days', BEFORE);
    changes.count('disappeared', 'unused-45-days', BEFORE);
    changes.count('appeared', 'new-check', BEFORE);
    expect(changes.all).toMatchObject([
      { check: 'new-check', appeared: 1, disappeared: 0 },
      { check: 'old-check', appeared: 0, disappeared: 0 },
      { check: 'unused-45-days', appeared: 0, disappeared: 2 },
    ]);
  });

  it('include older rules, by which accounts without a report in the earlier run were judged', () => {
    const changes = new RuleChanges(AFTER, AFTER);
    changes.count('disappeared', 'unused-45-days', BEFORE);
    changes.count('disappeared', 'unused-45-days', { ...BEFORE, 'unused-45-days': days(90) });
    changes.count('appeared', 'root-mfa', BEFORE);
    expect(changes.all).toEqual([
      {
        check: 'unused-45-days',
        change: 'changed',
        since: 'last-report',
        before: days(45),
        after: days(400),
        appeared: 0,
        disappeared: 1,
      },
      expect.objectContaining({ before: days(90), after: days(400), disappeared: 1 }),
    ]);
  });
});
