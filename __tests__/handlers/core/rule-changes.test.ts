import { RuleChanges, areSameRules, ruleDifferences } from '../../../handlers/core/rule-changes';

const BEFORE = { 'unused-45-days': 45, 'root-mfa': null, 'old-check': null };
const AFTER = { 'unused-45-days': 400, 'root-mfa': null, 'new-check': 7 };

describe('the rules of two runs', () => {
  it('differ by thresholds, and by checks that came or went', () => {
    expect(ruleDifferences(BEFORE, AFTER)).toEqual([
      { check: 'new-check', change: 'added', before: null, after: 7 },
      { check: 'old-check', change: 'removed', before: null, after: null },
      { check: 'unused-45-days', change: 'changed', before: 45, after: 400 },
    ]);
    expect(ruleDifferences({ check: null }, { check: 1 })).toEqual([
      { check: 'check', change: 'changed', before: null, after: 1 },
    ]);
  });

  it('are the same in any order', () => {
    expect(areSameRules({ a: 1, b: null }, { b: null, a: 1 })).toBe(true);
    expect(areSameRules({ a: 1 }, { a: 2 })).toBe(false);
    expect(areSameRules({ a: null }, {})).toBe(false);
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
    changes.count('disappeared', 'unused-45-days', { ...BEFORE, 'unused-45-days': 90 });
    changes.count('appeared', 'root-mfa', BEFORE);
    expect(changes.all).toEqual([
      {
        check: 'unused-45-days',
        change: 'changed',
        since: 'last-report',
        before: 45,
        after: 400,
        appeared: 0,
        disappeared: 1,
      },
      expect.objectContaining({ before: 90, after: 400, disappeared: 1 }),
    ]);
  });
});
