/** What holds of one account of a run, whatever goes wrong. */
import { keys } from '../../handlers/shared/bucket-layout';
import type { ManifestAccount as ReconciledAccount } from '../../handlers/core/manifest';
import type { Run } from './faulty-run';
import { legitimateReasons } from './legitimate-reasons';
import { type Broken, when } from './broken';
import type { RunFiles } from './run-files';
import type { World } from './world';

export function accountRules(world: World, run: Run, files: RunFiles, account: ReconciledAccount): Broken[] {
  const { id, outcome } = account;
  const suspended = world.accounts.get(id)?.state === 'SUSPENDED';
  const recorded = files.outcomes.get(id);
  const what = `${run.execution} ${JSON.stringify(account)}`;
  return [
    ...when(
      suspended !== (outcome === 'skipped'),
      'an account is skipped when it is not active, and only then',
      what,
    ),
    ...when(
      recorded !== undefined && recorded.outcome !== outcome,
      'an outcome that is recorded stands in the manifest',
      what,
    ),
    ...(outcome === 'collected' ? whenCollected(world, files, account, what) : []),
    ...(outcome === 'failed' ? whenFailed(world, run, files, account, what) : []),
  ];
}

type Collected = Extract<ReconciledAccount, { outcome: 'collected' }>;

function whenCollected(world: World, { manifest }: RunFiles, account: Collected, what: string): Broken[] {
  const report = world.accounts.get(account.id)?.currentReport();
  const key = keys.report(manifest.date, account.id);
  const held = world.object(key);
  return [
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

type Failed = Extract<ReconciledAccount, { outcome: 'failed' }>;

function whenFailed(world: World, run: Run, files: RunFiles, { id, reason }: Failed, what: string): Broken[] {
  const behavior = world.accounts.get(id)?.behavior;
  const legitimate = legitimateReasons(run, {
    id,
    batch: files.batches.get(id),
    recorded: files.outcomes.has(id),
    left: !world.organization.account(id),
    looksUntilReady: behavior?.kind === 'reports' ? behavior.polls : 0,
  });
  const lines = run.notifications.flatMap(({ message }) => message.split('\n'));
  return [
    ...when(
      !legitimate.has(reason),
      'an account fails only for a reason that was there',
      `${what}; legitimate: ${[...legitimate].join() || 'none'}`,
    ),
    ...when(
      !lines.some((line) => line.startsWith(`${id} `) && line.includes(`: ${reason}: `)),
      'every account that failed stands in the digest with its reason',
      what,
    ),
  ];
}
