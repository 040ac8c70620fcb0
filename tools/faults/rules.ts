/** What holds whatever goes wrong. Every rule is a sentence; the regression tests are named by them. */
import { keys, prefixes } from '../../handlers/shared/bucket-layout';
import type { Ledger } from '../../handlers/shared/run-files';
import { accountRules } from './account-rules';
import { type Broken, when } from './broken';
import type { FaultCase } from './fault-case';
import type { Run } from './faulty-run';
import { type RunFiles, readRun } from './run-files';
import { summaryRules } from './summary-rules';
import { unprovoked } from './unprovoked';
import { World } from './world';

/** Runs a case, then runs again without faults, and tells which rules were broken. */
export async function brokenRules(props: FaultCase): Promise<Broken[]> {
  const world = new World(props);
  if (props.earlierRun) await world.run(['earlier'], { faulty: false });
  const earlier = world.objects();
  const runs = await world.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
  const broken = runs.flatMap((run) => {
    const files = readRun(world, run);
    return [
      ...afterRun(world, run, files),
      ...(files && runs.length === 1 ? summaryRules(world, files) : []),
    ];
  });
  const before = world.objects();
  broken.push(...untouched(earlier, before));
  const [repair] = await world.run(['repair'], { faulty: false });
  if (repair) {
    const files = readRun(world, repair);
    broken.push(...afterRun(world, repair, files), ...afterRepair(world, repair, files, before));
  }
  return [...world.broken, ...broken];
}

function afterRun(world: World, run: Run, files: RunFiles | undefined): Broken[] {
  if (run.endless) return [{ rule: 'a run ends', detail: `${run.deliveries.length} deliveries` }];
  return [...afterDeliveries(run), ...(files ? afterWholeRun(world, run, files) : afterBrokenRun(run))];
}

function afterDeliveries(run: Run): Broken[] {
  return unprovoked(run).map(({ execution, function: name, error }) => ({
    rule: 'a function fails only when something was done to it',
    detail: `${execution} ${name}: ${String(error)}`,
  }));
}

function afterWholeRun(world: World, run: Run, files: RunFiles): Broken[] {
  const ids = (accounts: { id: string }[]) => accounts.map(({ id }) => id).sort();
  const { ledger, manifest } = files;
  const [listed, told] = [ids(ledger.accounts).join(), ids(manifest.accounts).join()];
  return [
    ...when(
      listed !== expectedLedger(world, run, ledger).join(),
      'the ledger has every account of the organization once',
      listed,
    ),
    ...when(listed !== told, 'every account of the ledger has exactly one outcome', told),
    ...manifest.accounts.flatMap((account) => accountRules(world, run, files, account)),
    ...afterDigest(run, files),
  ];
}

/** Reports, tables and page of the date are written anew by every run; the folder of an earlier one is not. */
function untouched(earlier: ReadonlyMap<string, Buffer>, now: ReadonlyMap<string, Buffer>): Broken[] {
  const touched = [...earlier].filter(
    ([key, content]) => /^(runs|report-packs)\//.test(key) && !same(content, now.get(key)),
  );
  return when(
    touched.length > 0,
    'a run changes nothing in the folder of another',
    touched.map(([key]) => key).join(),
  );
}

/** Of accounts that left, those have to be there whose leaving the run saw; others may have left before it began. */
function expectedLedger(world: World, { hits }: Run, { accounts }: Ledger): string[] {
  const listed = new Set(accounts.map(({ id }) => id));
  const seenLeaving = new Set(hits.flatMap(({ kind, account }) => (kind === 'account-left' ? account : [])));
  return [...world.accounts.keys()]
    .filter((id) => world.organization.account(id) ?? (listed.has(id) || seenLeaving.has(id)))
    .sort();
}

function afterBrokenRun({ result, notifications, failedAtLast }: Run): Broken[] {
  return [
    ...when(
      !failedAtLast('list-accounts') && !failedAtLast('summarize-run'),
      'a run breaks only when its listing or its summary fails to the end',
      JSON.stringify(result),
    ),
    ...when(
      notifications.length !== 1 || !notifications[0]?.subject.endsWith('the run failed'),
      'a run that breaks is told once',
      JSON.stringify(notifications),
    ),
  ];
}

function afterDigest({ notifications, execution }: Run, { manifest }: RunFiles): Broken[] {
  const { failed, collected } = manifest.totals;
  return when(
    notifications.length !== (failed > 0 || collected === 0 ? 1 : 0),
    'a run sends one digest when an account failed or none was collected, and none otherwise',
    `${execution}: ${notifications.length}`,
  );
}

const same = (one: Buffer | undefined, other: Buffer | undefined) =>
  one !== undefined && other !== undefined && one.equals(other);

/** What every run of a date writes anew: tables, page, and where Athena finds the tables. */
function isOfNewestRun(key: string, date: string): boolean {
  return key.startsWith(`organization/${date}/`) || /^tables\/[^/]+\/([^/]+)\//.exec(key)?.[1] === date;
}

function afterRepair(
  world: World,
  { result }: Run,
  files: RunFiles | undefined,
  before: ReadonlyMap<string, Buffer>,
) {
  const repairs = 'running again repairs what can be repaired';
  if (!files) return [{ rule: repairs, detail: JSON.stringify(result) }];
  const { date, accounts } = files.manifest;
  const after = world.objects();
  const reports = new Set(accounts.map(({ id }) => keys.report(date, id)));
  const isOfRun = (key: string) =>
    [`${files.run}/`, prefixes.reportPacks(files.run)].some((folder) => key.startsWith(folder));
  const isNew = (key: string) => !before.has(key) && (reports.has(key) || isOfRun(key));
  const unasked = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isNew(key) && !isOfNewestRun(key, date) && !same(before.get(key), after.get(key)),
  );
  const failed = accounts.filter(({ outcome }) => outcome === 'failed');
  return [
    ...when(failed.length > 0, repairs, JSON.stringify(failed)),
    ...summaryRules(world, files),
    ...when(unasked.length > 0, 'running again changes nothing else', unasked.join()),
  ];
}
