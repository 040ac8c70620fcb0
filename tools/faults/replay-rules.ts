/** What holds when events of ended runs are delivered once more, and when events are forged. */
import { isDeepStrictEqual } from 'node:util';
import type { RunSummary } from '../../handlers/shared/events';
import { prefixes } from '../../handlers/shared/bucket-layout';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import { hasUnread, skipsEarlierRuns } from './failures-without-fault';
import { hasUnrecordedReplacement } from './evidence-rules';
import { forgedEvents } from './forged-events';
import type { Functions } from './functions';
import { readRun } from './run-files';
import { tellsUnsigned } from './signature-rules';
import type { Simulation } from './simulation';
import { changedKeys } from './stored-bucket';

/** Delivers the events of runs again, after all of them have ended. */
export function replayRules(simulation: Simulation, runs: readonly Run[]): Promise<BrokenRule[]> {
  const { bucket } = simulation;
  return simulation.withFunctions({ faulty: false, hits: [] }, async (functions) => {
    const broken: BrokenRule[] = [];
    const mayBeRefused = runs.some(skipsEarlierRuns);
    for (const run of runs) {
      const before = bucket.objects();
      // Without versions, a later run of the day may have replaced what a second review would read.
      const isReadable = bucket.hasVersions || run === runs.at(-1);
      const manifest = readRun(bucket, run)?.manifest;
      const mayFindMore = hasUnread(run) || (manifest && hasUnrecordedReplacement(bucket, manifest));
      if (isReadable && !mayBeRefused && !mayFindMore)
        broken.push(...(await summaryAgain(simulation, functions, run)));
      // A signature that failed is made now.
      const changed = changedKeys(before, bucket.objects()).filter(
        (key) => before.has(key) || !isSignature(key),
      );
      broken.push(...brokenIf(changed.length > 0, UNCHANGED, `${run.execution}: ${changed.join(', ')}`));
      broken.push(...(await refusals(simulation, functions, run)));
    }
    return broken;
  });
}

const UNCHANGED = 'a finished run that is summarized again changes nothing';

const isSignature = (key: string) => key.endsWith('.sig') || key.startsWith(prefixes.signingKeys);

async function summaryAgain(
  simulation: Simulation,
  functions: Functions,
  { execution, result, deliveries, notifications }: Run,
): Promise<BrokenRule[]> {
  const last = deliveries.findLast((delivery) => delivery.function === 'summarize-run');
  if (result.status === 'FAILED' || !last) return [];
  const wasUnsigned = notifications.some(tellsUnsigned);
  const told = result.output as RunSummary;
  const again = await simulation
    .deliver(functions, execution, 'summarize-run', last.event)
    .catch((error: unknown) => String(error));
  if (wasUnsigned) return [];
  return brokenIf(
    !isDeepStrictEqual(again, told),
    'a finished run that is summarized again returns the same result',
    `${execution}: ${JSON.stringify(again)} instead of ${JSON.stringify(told)}`,
  );
}

/** Events that must be refused: those of a run that has ended, and forged ones. */
async function refusals(simulation: Simulation, functions: Functions, run: Run): Promise<BrokenRule[]> {
  const { bucket } = simulation;
  const broken: BrokenRule[] = [];
  for (const { what, name, event } of forgedEvents(run)) {
    const before = bucket.objects();
    const answer: unknown = await simulation
      .deliver(functions, run.execution, name, event)
      .catch((error: unknown) => error);
    const changed = changedKeys(before, bucket.objects());
    broken.push(
      ...brokenIf(
        !(answer instanceof Error) || changed.length > 0,
        'an event of a run that has ended is refused, and so is a forged one',
        `${run.execution}, ${what}: ${answer instanceof Error ? changed.join(', ') : JSON.stringify(answer)}`,
      ),
    );
  }
  return broken;
}
