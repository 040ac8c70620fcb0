/** What holds whatever goes wrong. Every rule is a sentence; the regression tests are named by them. */
import {
  type Batch,
  type BatchOutcomes,
  type FailureReason,
  type Ledger,
  keys,
} from '../../handlers/contract';
import type { Coverage, Covered } from '../../handlers/coverage';
import type { FaultCase } from './fault-case';
import { legitimateReasons } from './legitimate-reasons';
import { type Run, World } from './world';

export interface Broken {
  rule: string;
  detail: string;
}

type Failed = Extract<Covered, { outcome: 'failed' }>;

/** Runs a case, then runs again without faults, and tells which rules were broken. */
export function brokenRules(props: FaultCase): Promise<Broken[]> {
  return World.of(props, async (world) => {
    const runs = await world.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
    const broken = runs.flatMap((run) => afterRun(world, run));
    const before = world.objects();
    const [repair] = await world.run(['repair'], { faulty: false });
    if (repair) broken.push(...afterRun(world, repair), ...afterRepair(world, repair, before));
    return [...world.broken, ...broken];
  });
}

function afterRun(world: World, run: Run): Broken[] {
  const prefix = runPrefix(world, run);
  if (run.result.status === 'FAILED' || prefix === undefined) return afterBrokenRun(run);
  const manifest = world.json(keys.manifest(prefix)) as Coverage;
  const ledger = world.json(keys.ledger(prefix)) as Ledger;
  const ids = (accounts: { id: string }[]) => accounts.map(({ id }) => id).sort();
  const everyAccount = ids(world.organization.accounts);
  return [
    ...when(
      ids(ledger.accounts).join() !== everyAccount.join(),
      'the ledger has every account of the organization once',
      ids(ledger.accounts).join(),
    ),
    ...when(
      ids(manifest.accounts).join() !== ids(ledger.accounts).join(),
      'every account of the ledger has exactly one outcome',
      ids(manifest.accounts).join(),
    ),
    ...manifest.accounts.flatMap((account) => afterAccount(world, run, manifest.date, account)),
    ...afterOutcomes(world, prefix, manifest),
    ...afterDigest(run, manifest),
  ];
}

/** The folder of the run; none when it did not come to that. */
function runPrefix(world: World, { execution }: Run): string | undefined {
  const ledger = [...world.objects().keys()].find((key) => key.endsWith(`/${execution}/ledger.json`));
  return ledger?.slice(0, -'/ledger.json'.length);
}

function afterBrokenRun(run: Run): Broken[] {
  const reason = run.result.status === 'FAILED' ? `${run.result.error}: ${run.result.cause}` : 'no ledger';
  return [
    ...when(
      !run.failedAtLast('list-accounts') && !run.failedAtLast('summarise-run'),
      'a run breaks only when its listing or its summary fails to the end',
      reason,
    ),
    ...when(
      run.notifications.length !== 1 || !run.notifications[0]?.subject.endsWith('the run broke'),
      'a run that breaks is told once',
      JSON.stringify(run.notifications),
    ),
  ];
}

function afterAccount(world: World, run: Run, date: string, account: Covered): Broken[] {
  const { id } = account;
  const embedded = world.organization.account(id);
  const what = `${run.execution} ${JSON.stringify(account)}`;
  const skipped = when(
    (embedded?.state === 'SUSPENDED') !== (account.outcome === 'skipped'),
    'an account is skipped when it is not active, and only then',
    what,
  );
  if (account.outcome === 'collected') {
    const report = embedded?.currentReport();
    const held = world.objects().has(keys.report(date, id)) ? world.object(keys.report(date, id)) : undefined;
    return [
      ...skipped,
      ...when(
        !report || !held?.equals(report.content) || account.bytes !== held.length,
        'an account that is collected has its report in the bucket, byte for byte',
        what,
      ),
      ...when(
        account.generatedAt !== report?.generatedAt.toISOString(),
        'an account that is collected tells when IAM made its report',
        what,
      ),
    ];
  }
  if (account.outcome === 'skipped') return skipped;
  const legitimate = legitimateReasons(run, id, batchOf(world, run, id), recorded(world, run, id));
  return [
    ...skipped,
    ...when(
      !legitimate.has(account.reason),
      'an account fails only for a reason that was there',
      `${what}; legitimate: ${[...legitimate].join() || 'none'}`,
    ),
  ];
}

/** What the files of the batches say, account by account. */
function outcomesOf(world: World, prefix: string): BatchOutcomes['outcomes'] {
  return [...world.objects().keys()]
    .filter((key) => key.startsWith(keys.outcomesPrefix(prefix)))
    .flatMap((key) => (world.json(key) as BatchOutcomes).outcomes);
}

function recorded(world: World, run: Run, id: string): boolean {
  return outcomesOf(world, runPrefix(world, run) ?? '').some(({ account }) => account === id);
}

function batchOf(world: World, run: Run, id: string): number | undefined {
  return [...world.objects().keys()]
    .filter((key) => key.startsWith(`${runPrefix(world, run) ?? ''}/batches/`))
    .map((key) => world.json(key) as Batch)
    .find(({ accounts }) => accounts.includes(id))?.batch;
}

function afterOutcomes(world: World, prefix: string, manifest: Coverage): Broken[] {
  const told = new Map(manifest.accounts.map((account) => [account.id, account.outcome]));
  return outcomesOf(world, prefix)
    .filter(({ account, outcome }) => told.get(account) !== outcome)
    .map(({ account }) => ({ rule: 'an outcome that is recorded stands in the manifest', detail: account }));
}

function afterDigest({ notifications, execution }: Run, { accounts, totals }: Coverage): Broken[] {
  const failed = accounts.filter((account): account is Failed => account.outcome === 'failed');
  const expected = failed.length > 0 || totals.collected === 0 ? 1 : 0;
  const lines = notifications.flatMap(({ message }) => message.split('\n'));
  const told = ({ id, reason }: Failed) =>
    lines.some((line) => line.startsWith(`${id} `) && line.includes(`: ${reason}: `));
  return [
    ...when(
      notifications.length !== expected,
      'a run sends one digest when an account failed or none was collected, and none otherwise',
      `${execution}: ${notifications.length}`,
    ),
    ...failed
      .filter((account) => !told(account))
      .map(({ id }) => ({
        rule: 'every account that failed stands in the digest with its reason',
        detail: id,
      })),
  ];
}

function afterRepair(world: World, run: Run, before: Map<string, string>): Broken[] {
  const prefix = runPrefix(world, run);
  if (run.result.status === 'FAILED' || prefix === undefined) {
    return [{ rule: 'running again repairs what can be repaired', detail: JSON.stringify(run.result) }];
  }
  const { date, accounts } = world.json(keys.manifest(prefix)) as Coverage;
  const after = world.objects();
  const changed = [...before].filter(([key, content]) => after.get(key) !== content).map(([key]) => key);
  const reports = new Set(accounts.map(({ id }) => keys.report(date, id)));
  const strange = [...after.keys()].filter(
    (key) => !before.has(key) && !reports.has(key) && !key.startsWith(`${prefix}/`),
  );
  const failed = accounts.filter(({ outcome }) => outcome === 'failed');
  return [
    ...when(failed.length > 0, 'running again repairs what can be repaired', JSON.stringify(failed)),
    ...when(
      changed.length + strange.length > 0,
      'running again changes nothing else',
      [...changed, ...strange].join(),
    ),
  ];
}

const when = (broken: boolean, rule: string, detail: string): Broken[] => (broken ? [{ rule, detail }] : []);

export type Reasons = Set<FailureReason>;
