/** Runs a case and checks the rules. Every rule is a sentence; the regression tests are named after the rules. */
import type { BrokenRule } from './broken-rule';
import { chainRules } from './chain-rules';
import { datesIn, dayRules } from './day-rules';
import { missesManifests } from './failures-without-fault';
import type { FaultCase } from './fault-case';
import type { Run } from './faulty-run';
import { repairRules } from './repair-rules';
import { redriveRules } from './redrive-rules';
import { replayRules } from './replay-rules';
import { manifestsIn, readRun } from './run-files';
import { earlierRunRules, runRules } from './run-rules';
import { Simulation } from './simulation';

/** Runs a case, then once more without faults, and returns the rules that were broken. */
export async function brokenRules(props: FaultCase): Promise<BrokenRule[]> {
  const simulation = new Simulation(props);
  const { bucket } = simulation;
  const earlier = await runBefore(simulation);
  const beforeFaults = bucket.objects();
  const faulty = await simulation.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
  const broken = [
    ...stateRules(simulation, [...earlier, ...faulty]),
    ...earlierRunRules(beforeFaults, bucket.objects()),
  ];
  const ended = props.redrive ? await redriven(simulation, faulty, broken) : faulty;
  const afterFaults = bucket.objects();

  if (Number.isFinite(props.reportsExpireAfter)) simulation.issued.expire();
  const repairs = await simulation.run(['repair'], { faulty: false });
  const all = [...earlier, ...ended, ...repairs];
  broken.push(...stateRules(simulation, all));
  for (const repair of repairs)
    broken.push(...repairRules(repair, readRun(bucket, repair), afterFaults, bucket.objects()));
  broken.push(...(await replayRules(simulation, all)));
  return [...simulation.broken, ...broken];
}

/** The runs, after those that failed were redriven one after the other. */
async function redriven(simulation: Simulation, runs: readonly Run[], broken: BrokenRule[]): Promise<Run[]> {
  const ended: Run[] = [];
  for (const run of runs) {
    const again = await simulation.redriven(run);
    broken.push(...redriveRules(run, again));
    ended.push(again);
  }
  return ended;
}

/** The run that went before the faults, if there is one. */
export async function runBefore(simulation: Simulation): Promise<Run[]> {
  const { earlierRun } = simulation.props;
  if (earlierRun === 'none') return [];
  const runs = await simulation.run(['earlier'], {
    faulty: false,
    daysAgo: earlierRun === 'day-before' ? 1 : 0,
  });
  // The next runs get other reports, and replace those of this day.
  simulation.issued.expire();
  return runs;
}

/**
 * What holds for everything that is stored, once all these runs have ended. The view of a day may be old if a run has failed
 * after it had its manifest, or if it could not read whether another one that ended before it had started later.
 */
export function stateRules(simulation: Simulation, runs: readonly Run[]): BrokenRule[] {
  const { bucket } = simulation;
  const mayTellLess = runs
    .filter((run) => run.result.status === 'FAILED' || missesManifests(run))
    .map(({ execution }) => execution);
  const newest = runs.at(-1)?.execution;
  const isViewCurrent = (date: string) =>
    manifestsIn(bucket).every(
      ({ manifest }) =>
        manifest.date !== date || !mayTellLess.includes(manifest.execution) || newest === 'repair',
    );
  return [
    ...runs.flatMap((run) => runRules(simulation, run, readRun(bucket, run))),
    ...chainRules(bucket, runs),
    ...datesIn(simulation).flatMap((date) => (isViewCurrent(date) ? dayRules(simulation, date, runs) : [])),
  ];
}
