import type { RuleChange } from '../../../../handlers/core/manifest';
import { ruleChangeSentences } from '../../../../handlers/summarize-run/output/rule-changes';

const threshold: RuleChange = {
  check: 'unused-45-days',
  change: 'changed',
  since: 'earlier-run',
  before: { unusedDays: 45 },
  after: { unusedDays: 400 },
  appeared: 0,
  disappeared: 12,
};
const sentences = (...ruleChanges: RuleChange[]) => ruleChangeSentences({ ruleChanges });

describe('the rules that changed, in words', () => {
  it('are nothing if no rule changed', () => {
    expect(sentences()).toEqual([]);
  });

  it('are one sentence for all thresholds, and another with what followed', () => {
    const other = {
      ...threshold,
      check: 'key-rotation-90-days',
      before: { rotationDays: 90 },
      after: { rotationDays: 30 },
      appeared: 1,
      disappeared: 0,
    };
    expect(sentences(threshold)).toEqual([
      'Thresholds changed since the earlier run: unused-45-days 45 → 400 days. 12 findings disappeared by that.',
    ]);
    expect(sentences(threshold, other)).toEqual([
      'Thresholds changed since the earlier run: unused-45-days 45 → 400 days, key-rotation-90-days 90 → 30 days. ' +
        '1 finding appeared and 12 findings disappeared by that.',
    ]);
  });

  it('say so if nothing followed', () => {
    expect(sentences({ ...threshold, disappeared: 0 })).toEqual([
      'Thresholds changed since the earlier run: unused-45-days 45 → 400 days. No finding appeared or disappeared by that.',
    ]);
  });

  it('name checks that came or went, and checks that got or lost a threshold', () => {
    const check = { ...threshold, check: 'a-check', before: null, after: null, disappeared: 0 };
    expect(
      sentences(
        { ...check, change: 'added', appeared: 3 },
        { ...check, change: 'removed', check: 'b-check', disappeared: 1 },
        { ...check, before: {}, after: { unusedDays: 7 } },
        { ...check, before: { unusedDays: 7 }, after: {} },
        { ...check, before: { unusedDays: 7 }, after: { unusedDays: 7, 'machines.unusedDays': 90 } },
      ),
    ).toEqual([
      'Checks added since the earlier run: a-check. 3 findings appeared by that.',
      'Checks removed since the earlier run: b-check. 1 finding disappeared by that.',
      'Thresholds changed since the earlier run: a-check none → 7 days, a-check 7 → none, a-check for machines none → 90 days. No finding appeared or disappeared by that.',
    ]);
  });

  it('tell older rules of accounts that had no report in the earlier run', () => {
    expect(sentences({ ...threshold, since: 'last-report' })).toEqual([
      'Thresholds changed since the last report of accounts that had none in the earlier run: ' +
        'unused-45-days 45 → 400 days. 12 findings disappeared by that.',
    ]);
  });
});
