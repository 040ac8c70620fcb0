/** What holds for the service-specific credentials of a collected account: they are what IAM returned, or a fault says why not. */
import type { ManifestAccount } from '../../handlers/core/manifest';
import { keys } from '../../handlers/shared/bucket-layout';
import { type BrokenRule, brokenIf } from './broken-rule';
import { hashOfListed, isKept } from './evidence-rules';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

type Collected = Extract<ManifestAccount, { outcome: 'collected' }>;
type Listed = Extract<Collected['serviceCredentials'], { outcome: 'collected' }>;

export function listRules(
  simulation: Simulation,
  run: Run,
  files: RunFiles,
  { id, serviceCredentials: list }: Collected,
  detail: string,
): BrokenRule[] {
  if (!list) return brokenIf(true, 'a collected account says what became of its list', detail);
  if (list.outcome === 'failed')
    return brokenIf(
      !mayFail(simulation, run, files, id),
      'the list of a collected account fails only if something went wrong with it',
      detail,
    );
  return collectedRules(simulation, files, id, list, detail);
}

function collectedRules(
  { bucket, issued }: Simulation,
  { manifest: { date }, outcomes }: RunFiles,
  id: string,
  list: Listed,
  detail: string,
): BrokenRule[] {
  const outcome = outcomes.get(id);
  const recorded = outcome?.outcome === 'collected' ? outcome.serviceCredentials : undefined;
  return [
    ...brokenIf(
      recorded?.outcome !== 'collected' || recorded.sha256 !== list.sha256,
      'the manifest has the hash of the list that was collected',
      detail,
    ),
    ...brokenIf(
      !issued.hasList(id, list.sha256) || list.key !== keys.serviceCredentials(date, id),
      'a list is what IAM returned for its account',
      detail,
    ),
    ...brokenIf(
      !isKept(bucket, { id, ...list }, date, hashOfListed),
      'the list of a collected account stays: as the object, as its version, or replaced by another run of the day',
      detail,
    ),
  ];
}

/** Whether a fault hit the account, or the time of its batch. A list stays the same, so another run cannot change it. */
function mayFail(
  { organization }: Simulation,
  { hits, deliveries }: Run,
  { batchOf }: RunFiles,
  id: string,
): boolean {
  const batch = batchOf.get(id);
  const isHit = hits.some(({ account }) => account === id);
  const isShort = deliveries.some((one) => one.batch === batch && (one.interrupted || one.shortOfTime));
  return isHit || isShort || !organization.account(id);
}
