import { availableParallelism } from 'node:os';
import pMap from 'p-map';
import type { Manifest } from '../../handlers/core/manifest';
import { keys } from '../../handlers/shared/bucket-layout';
import { MANAGEMENT } from '../support/emulator/organization';
import type { ChangedRun } from './changed-run';
import { type TestedEnvironment, testedEnvironments } from './environments';
import { type Lifecycle, lifecycle } from './lifecycle';
import { compareCalls } from './recorded-calls';

/** Time for all environments, ms. */
const TIME = 1_800_000;

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

/** What was seen of an environment; nothing if the time was over, when every test already fails. */
function seenOf({ name }: TestedEnvironment): Lifecycle | undefined {
  const result = lifecycles.get(name);
  if (result?.status === 'rejected') throw result.reason as Error;
  return result?.value;
}

describe.each(environments)('environment $name', (row) => {
  let seen: Lifecycle;

  beforeAll(() => {
    seen = seenOf(row)!;
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

  it('expects its own bucket in every request of a function', () => {
    const owner = seen.accounts.get(row.bucketIn ?? row.runsIn ?? MANAGEMENT);
    expect(seen.bucketOwners).toEqual([owner]);
  });

  it('refuses to list accounts for a run that has ended', () => {
    expect(seen.listedAfterwards).toContain('is not running: its status is SUCCEEDED');
  });

  it('leaves evidence that verifies: every report, every file, and the hash in the result of the run', () => {
    const { exitCode, counts, verified, days } = seen.verification;
    // A run whose accounts failed is verified, and a note says that it is not complete.
    const notes = seen.manifest.complete ? {} : { note: 1 };
    expect({ exitCode, counts }).toEqual({ exitCode: 0, counts: notes });
    expect(days.map(({ verdict }) => verdict)).toEqual(['verified']);
    expect(verified).toMatchObject({ runs: 1, reports: Object.keys(seen.reports).length });
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

  it('plans no change after the run', () => {
    expect(seen.secondPlan).toEqual([]);
  });

  it('leaves nothing behind when it is destroyed', () => {
    expect(seen.held).toEqual([]);
    expect(seen.after).toEqual(seen.before);
  });

  it('makes Terraform call what is recorded of the deploy role, and nothing else', () => {
    expect(compareCalls(row.name, seen)).toEqual({ missing: [], surplus: [] });
  });
});

for (const row of environments.filter(({ isProtected }) => isProtected)) {
  it(`environment ${row.name} is not destroyed, not even in part, unless it allows that`, () => {
    const { message, before, after } = seenOf(row)!.refusal!;
    expect(message).toContain('Instance cannot be destroyed');
    expect(after).toEqual(before);
  });
}

const changed = environments.filter(({ change }) => change !== undefined);

for (const row of changed) {
  describe(`environment ${row.name}, changed and run again on the same day`, () => {
    let first: Manifest;
    let again: ChangedRun;

    beforeAll(() => {
      const seen = seenOf(row)!;
      first = seen.manifest;
      again = seen.changedRun!;
    });

    it('stores nothing outside of its prefix', () => {
      expect(again.keysElsewhere).toEqual([]);
    });

    it('updates only what passes the option on and what accepts it', () => {
      expect(again.plan).toEqual(['aws_lambda_function.environment', 'aws_sfn_state_machine.definition']);
    });

    it('plans no change after the change', () => {
      expect(again.planAfter).toEqual([]);
    });

    it('continues the chain of manifests', () => {
      const { number, previous, checks, date } = again.manifest;
      expect([first.number, first.previous]).toEqual([1, null]);
      expect({ number, date }).toEqual({ number: 2, date: first.date });
      expect(previous?.key).toBe(keys.manifest(row.name, 1));
      const thresholds = Object.assign({}, ...checks.map((check) => check.thresholds)) as object;
      expect(thresholds).toMatchObject(row.change?.checks ?? {});
    });

    it('signs manifest and view of each run, with one key', () => {
      const kinds = again.signatures.map((key) => key.replaceAll(/[0-9a-f-]{36}/g, 'KEY')).sort();
      const views = [first, again.manifest].map(
        ({ date, execution }) => `runs/${date}/${execution}/view.KEY.sig`,
      );
      const manifests = [1, 2].map((number) => keys.signature(keys.manifest(row.name, number), 'KEY'));
      expect(kinds).toEqual([...manifests, ...views, keys.publicKey('KEY')].sort());
    });

    it('leaves both runs verified with the public key of the output, a replaced report by its version', () => {
      const { exitCode, counts, verified } = again.inBucket;
      expect({ exitCode, counts }).toEqual({ exitCode: 0, counts: { superseded: 1 } });
      expect(verified).toMatchObject({
        runs: 2,
        reports: first.totals.collected + again.manifest.totals.collected - 1,
      });
    });

    it('verifies in a copy of the bucket too, which has no versions', () => {
      const { exitCode, counts } = again.inCopy;
      expect({ exitCode, counts }).toEqual({ exitCode: 0, counts: { 'superseded-not-verifiable': 1 } });
    });
  });
}

function outcomesOf({ accounts }: Manifest): Record<string, string> {
  return Object.fromEntries(accounts.map(({ name, outcome }) => [name, outcome]));
}
