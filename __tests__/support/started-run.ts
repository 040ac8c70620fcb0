/** A run of an embedded organization that `list-accounts` has started, with the organization's accounts in batches. */
import { listAccounts } from '../../handlers/list-accounts/list-accounts';
import type { CollectReportsEvent, Run, RunSettings } from '../../handlers/shared/events';
import type { Embedded } from '../../tools/support/embedded';
import {
  COLLECTING_ACCOUNT,
  defaultSettings,
  runningAt,
  startOf,
} from '../../tools/support/embedded-execution';

export const STARTED_AT = '2026-11-22T08:00:00.000Z';
export const RUN = '2026-11-22/run-1';

export function startRun(
  aws: Embedded,
  {
    batchSize = 500,
    settings = defaultSettings,
    partition = 'aws',
    account = COLLECTING_ACCOUNT,
  }: { batchSize?: number; settings?: RunSettings; partition?: string; account?: string } = {},
): Promise<Run> {
  const inPartition = (arn: string) =>
    arn.replace('arn:aws:', `arn:${partition}:`).replace(COLLECTING_ACCOUNT, account);
  const { execution, ...event } = startOf('run-1', settings);
  const { stateMachine, ...deployment } = runningAt(STARTED_AT, settings);
  return listAccounts({ ...aws, ...deployment, stateMachine: inPartition(stateMachine), batchSize })({
    ...event,
    execution: inPartition(execution),
  });
}

/** The event with which the state machine polls a batch. */
export const pollOf = ({ run, nonce }: Run, waited: number, batch = 1): CollectReportsEvent => ({
  run,
  nonce,
  batch,
  waited,
});
