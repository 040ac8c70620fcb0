import type { Check } from '../../../handlers/checks/check';
import { ControlResults } from '../../../handlers/core/control-results';
import type { CountedResult } from '../../../handlers/core/evaluate';
import type { ActiveCheck } from '../../../handlers/core/rule-set';

const active = (id: string, isLooser = false) => ({ check: { id } as Check, isLooser }) as ActiveCheck;

/** What a control of two checks is, from the results of both in each account; undefined if it has no report. */
function controlAfter(
  accounts: ([CountedResult?, CountedResult?] | undefined)[],
  checks = [active('one'), active('two')],
) {
  const controls = [{ id: '1.1', checks: ['one', 'two'], partial: true }];
  const framework = { id: 'x', name: 'X', version: 'v1', label: 'X v1', source: [], controls };
  const results = new ControlResults({ checks, frameworks: [framework] });
  accounts.forEach((account, index) => {
    const known = [['one', account?.[0]] as const, ['two', account?.[1]] as const].flatMap(([id, result]) =>
      result ? [[id, result] as const] : [],
    );
    results.add(`account-${index}`, account && new Map(known));
  });
  return results.all[0]!.controls[0]!;
}

describe('a control', () => {
  it.each<[string, Parameters<typeof controlAfter>[0], string]>([
    [
      'met if all of its checks pass or do not apply',
      [
        ['pass', 'not-applicable'],
        ['pass', 'pass'],
      ],
      'met',
    ],
    ['met if nothing applies in an account', [[]], 'met'],
    ['met if all findings are exempt', [['exempt', 'pass']], 'met'],
    [
      'not met if one of its checks fails in one account',
      [
        ['pass', 'fail'],
        ['pass', 'pass'],
      ],
      'not-met',
    ],
    ['not met if a finding is exempt and another is not', [['exempt', 'fail']], 'not-met'],
    ['not met rather than undecided', [['fail', 'pass'], undefined], 'not-met'],
    ['undecided if a result is unknown', [['pass', 'unknown']], 'undecided'],
    ['undecided if an account has no report', [['pass', 'pass'], undefined], 'undecided'],
    ['undecided without any account', [], 'undecided'],
  ])('is %s', (_, accounts, status) => {
    expect(controlAfter(accounts).status).toBe(status);
  });

  it.each([
    ['is off', [active('one')]],
    ['accepts more than the framework', [active('one'), active('two', true)]],
  ])('is not assessed if one of its checks %s', (_, checks) => {
    expect(controlAfter([['pass', 'pass']], checks)).toMatchObject({ status: 'not-assessed', met: 0 });
  });

  it('names the accounts that do not meet it, and those of which nobody knows', () => {
    const accounts: Parameters<typeof controlAfter>[0] = [['pass'], ['fail'], ['exempt'], undefined];
    expect(controlAfter(accounts)).toMatchObject({
      ...{ met: 1, notMet: 1, exempt: 1, undecided: 1 },
      ...{ notMetAccounts: ['account-1'], undecidedAccounts: ['account-3'] },
    });
  });

  it('says whether it asks for more than its checks can see', () => {
    expect(controlAfter([['pass', 'pass']])).toMatchObject({ status: 'met', partial: true });
  });
});
