import type { Coverage } from '../../handlers/coverage';
import { droppedByEmulator, testedEnvironments } from './environments';
import { type Lifecycle, lifecycle } from './lifecycle';

jest.setTimeout(600_000);

describe.each(testedEnvironments)('environment $name', (row) => {
  let seen: Lifecycle;

  beforeAll(async () => {
    seen = await lifecycle(row);
  });

  it('is deployed by a plan that only creates', () => {
    expect(new Set(seen.firstPlan.flatMap(({ change }) => change.actions))).toEqual(new Set(['create']));
  });

  it('decides every account of the organization', () => {
    const collected = [...seen.accounts.keys()].map((name) => [name, 'collected']);
    const expected = { ...Object.fromEntries(collected), closed: 'skipped', ...row.outcomes };
    expect(outcomesOf(seen.manifest)).toEqual(expected);
    const { accounts, ...totals } = seen.manifest.totals;
    expect(Object.values(totals).reduce((sum, count) => sum + count)).toBe(accounts);
  });
  it('prints', () => {
    console.log(
      JSON.stringify({ ...seen, stored: Object.keys(seen.stored), firstPlan: 0 }, null, 1),
      Object.values(seen.stored)[0],
    );
  });
});

function outcomesOf({ accounts }: Coverage): Record<string, string> {
  return Object.fromEntries(accounts.map(({ name, outcome }) => [name, outcome]));
}
