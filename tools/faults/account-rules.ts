/** What holds for one account of a run, whatever goes wrong. */
import type { ManifestAccount } from '../../handlers/core/manifest';
import { allowedReasons } from './allowed-reasons';
import { type BrokenRule, brokenIf } from './broken-rule';
import { evidenceRules } from './evidence-rules';
import type { Run } from './faulty-run';
import { listRules } from './list-rules';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export function accountRules(
  simulation: Simulation,
  run: Run,
  files: RunFiles,
  account: ManifestAccount,
): BrokenRule[] {
  const { id, outcome } = account;
  const suspended = simulation.accounts.get(id)?.state === 'SUSPENDED';
  const recorded = files.outcomes.get(id);
  const isChanged =
    recorded?.outcome === 'collected' && outcome === 'failed' && account.reason === 'report-changed';
  const detail = `${run.execution} ${JSON.stringify(account)}`;
  return [
    ...brokenIf(
      suspended !== (outcome === 'skipped'),
      'only accounts that are not active are skipped',
      detail,
    ),
    ...brokenIf(
      recorded !== undefined && recorded.outcome !== outcome && !isChanged,
      'the manifest has every recorded outcome, unless the report was changed since',
      detail,
    ),
    ...(outcome === 'collected'
      ? [
          ...evidenceRules(simulation, files, account, detail),
          ...listRules(simulation, run, files, account, detail),
        ]
      : []),
    ...(outcome === 'failed' ? failedRules(simulation, run, files, account, detail) : []),
  ];
}

type Failed = Extract<ManifestAccount, { outcome: 'failed' }>;

function failedRules(
  simulation: Simulation,
  run: Run,
  files: RunFiles,
  { id, reason }: Failed,
  detail: string,
): BrokenRule[] {
  const behavior = simulation.accounts.get(id)?.behavior;
  const allowed = allowedReasons(run, {
    id,
    batch: files.batchOf.get(id),
    hasOutcome: files.outcomes.has(id),
    hasLeft: !simulation.organization.account(id),
    pollsUntilReady: behavior?.kind === 'reports' ? behavior.polls : 0,
    reportsExpired: run.isFaulty && Number.isFinite(simulation.props.reportsExpireAfter),
  });
  const lines = run.notifications.flatMap(({ message }) => message.split('\n'));
  return [
    ...brokenIf(
      !allowed.has(reason),
      'an account fails only for a reason that applied',
      `${detail}; allowed: ${[...allowed].join(', ') || 'none'}`,
    ),
    ...brokenIf(
      !lines.some((line) => line.startsWith(`${id} `) && line.includes(`: ${reason}: `)),
      'the digest has every failed account with its reason',
      detail,
    ),
  ];
}
