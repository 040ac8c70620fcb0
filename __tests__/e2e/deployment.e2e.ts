import { availableParallelism } from 'node:os';
import pMap from 'p-map';
import type { Manifest } from '../../handlers/core/manifest';
import { MANAGEMENT } from '../support/emulator/organization';
import { droppedByEmulator, testedEnvironments } from './environments';
import { type Lifecycle, lifecycle } from './lifecycle';

/** Time for all environments, ms. */
const TIME = 900_000;

/** `ENVIRONMENT=name npm run test:e2e` tests one of them. */
const environments = testedEnvironments.filter(({ name }) => name === (process.env.ENVIRONMENT ?? name));

const lifecycles = new Map<string, PromiseSettledResult<Lifecycle>>();

beforeAll(async () => {
  // Each is an emulator of its own and waits most of the time.
  const concurrency = availableParallelism() + 1;
  await pMap(
    environments,
    async (row) => {
      const [result] = await Promise.allSettled([lifecycle(row)]);
      lifecycles.set(row.name, result);
    },
    { concurrency },
  );
}, TIME);

describe.each(environments)('environment $name', (row) => {
  let seen: Lifecycle;

  beforeAll(() => {
    const result = lifecycles.get(row.name);
    if (result?.status === 'rejected') throw result.reason as Error;
    // Without a result every test already fails, since the time was over.
    if (result) seen = result.value;
  });

  it('is deployed by a plan that only creates', () => {
    expect(new Set(seen.firstPlan.flatMap(({ change }) => change.actions))).toEqual(new Set(['create']));
  });

  it('decides every account of the organization', () => {
    const all = Object.fromEntries([...seen.accounts.keys()].map((name) => [name, 'collected']));
    expect(outcomesOf(seen.manifest)).toEqual({ ...all, closed: 'skipped', ...row.outcomes });
  });

  it('counts every account once', () => {
    const { accounts, collected, failed, skipped } = seen.manifest.totals;
    expect(accounts).toBe(seen.accounts.size);
    expect(collected + failed + skipped).toBe(accounts);
    expect(collected).toBe(Object.keys(seen.reports).length);
  });

  it('stores the reports byte for byte as IAM returns them, and nothing else', () => {
    expect(seen.stored).toEqual(seen.reports);
  });

  it('sends messages about failed accounts only', () => {
    const failed = seen.manifest.accounts.filter(({ outcome }) => outcome === 'failed');
    expect(seen.published).toHaveLength(failed.length > 0 ? 1 : 0);
    for (const { id, name } of failed) expect(seen.published[0]?.message).toContain(`${id} ${name}: `);
  });

  it('deploys the same report role to every targeted account', () => {
    const asked = seen.rolesAreRolledOut ? [...seen.accounts.keys()] : [row.runsIn ?? MANAGEMENT];
    expect(Object.keys(seen.reportRoles)).toEqual(asked);
    const [first] = Object.values(seen.reportRoles);
    for (const role of Object.values(seen.reportRoles)) expect(role).toEqual(first);
  });

  it('plans no change after the run, except what the emulator does not store', () => {
    expect(seen.secondPlan.filter((attribute) => !(attribute in droppedByEmulator))).toEqual([]);
  });

  it('leaves nothing behind when it is destroyed', () => {
    expect(seen.held).toEqual([]);
    expect(seen.after).toEqual(seen.before);
  });
});

function outcomesOf({ accounts }: Manifest): Record<string, string> {
  return Object.fromEntries(accounts.map(({ name, outcome }) => [name, outcome]));
}
