import { ChangeTotals, imbalanceOf } from '../../../handlers/core/change-totals';
import { changesOf } from '../../../handlers/core/changes';

const RULES = { 'console-mfa': {}, 'unused-45-days': { unusedDays: 45 } };
const LOOSER = { ...RULES, 'unused-45-days': { unusedDays: 400 } };
const balanced = {
  ...new ChangeTotals(RULES, RULES).counts,
  findingsBefore: 100,
  newFindings: 10,
  appearedFindings: 20,
  resolvedFindings: 1,
  disappearedFindings: 2,
  exemptedFindings: 3,
  findingsOfRemovedAccounts: 4,
  findingsNow: 120,
};

describe('the totals of the changes', () => {
  it('add up the accounts, and count by rule what appeared and disappeared', () => {
    const totals = new ChangeTotals(RULES, LOOSER);
    for (const account of ['111111111111', '222222222222'])
      totals.add(
        changesOf(
          { account, users: [['ada', 'unused-45-days'], ['ken', 'console-mfa'], ['left']] },
          { account, users: [['ada'], ['ken'], ['new', 'console-mfa', 'unused-45-days']] },
          RULES,
          LOOSER,
        ),
        RULES,
      );
    expect(totals.all).toEqual({
      ...new ChangeTotals(RULES, RULES).all,
      newFindings: 2,
      appearedFindings: 2,
      resolvedFindings: 2,
      disappearedFindings: 2,
      usersAdded: 2,
      usersRemoved: 2,
      ruleChanges: [expect.objectContaining({ check: 'unused-45-days', appeared: 2, disappeared: 2 })],
    });
  });

  it('balance: before, plus what came, minus what went, is now', () => {
    expect(imbalanceOf(balanced)).toBeUndefined();
  });

  it.each([
    'findingsBefore',
    'newFindings',
    'appearedFindings',
    'resolvedFindings',
    'disappearedFindings',
    'exemptedFindings',
    'findingsOfRemovedAccounts',
    'findingsNow',
  ] as const)('do not balance when %s is wrong', (name) => {
    expect(imbalanceOf({ ...balanced, [name]: balanced[name] + 1 })).toMatch(/^The changes do not add up: /);
  });

  it('say what does not add up', () => {
    expect(imbalanceOf({ ...balanced, findingsNow: 119 })).toBe(
      'The changes do not add up: 100 findings before, plus 30 that came, minus 10 that went, are 120, but there are 119 now.',
    );
  });
});
