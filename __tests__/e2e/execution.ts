import { setTimeout } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { RunSummary } from '../../handlers/shared/events';
import { type Caller, aws } from '../support/emulator/aws-cli';
import { clientOf } from '../support/emulator/organization';

/** Longest that an execution may take, ms. */
const TIME_TO_RUN = 180_000;

/** Time between two polls of it, ms. */
const PAUSE = 2_000;

interface Described {
  status: string;
  output?: string;
}

/**
 * Starts a state machine as its schedule would, and waits for its end.
 * @returns its output: that of `summarize-run`
 * @throws if it does not succeed, with the events that show why
 */
export async function runToEnd(stateMachineArn: string, name: string, caller: Caller): Promise<RunSummary> {
  const { executionArn } = await aws<{ executionArn: string }>(caller, 'stepfunctions start-execution', {
    'state-machine-arn': stateMachineArn,
    name,
    input: '{}',
  });
  const deadline = Date.now() + TIME_TO_RUN;
  for (;;) {
    const execution = await aws<Described>(caller, 'stepfunctions describe-execution', {
      'execution-arn': executionArn,
    });
    if (execution.status === 'SUCCEEDED') return JSON.parse(execution.output ?? 'null') as RunSummary;
    if (execution.status !== 'RUNNING') throw new Error(await whatFailed(executionArn, caller));
    if (Date.now() > deadline) throw new Error(`${executionArn} still runs after ${TIME_TO_RUN / 1000} s`);
    await setTimeout(PAUSE);
  }
}

/**
 * Makes a state machine anew, as it is. moto starts each only once: for another execution it copies the state machine
 * with the first, whose threads cannot be copied.
 */
export async function withoutExecutions(stateMachineArn: string, caller: Caller): Promise<void> {
  const client = new SFNClient(clientOf(caller));
  const { name, definition, roleArn } = await client.send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
  await client.send(new CreateStateMachineCommand({ name, definition, roleArn }));
}

async function whatFailed(executionArn: string, caller: Caller): Promise<string> {
  const events = await aws(caller, 'stepfunctions get-execution-history', {
    'execution-arn': executionArn,
    query: 'events[?contains(type, `Failed`) || contains(type, `TimedOut`) || contains(type, `Aborted`)]',
  });
  return `${executionArn} did not succeed:\n${JSON.stringify(events, null, 2)}`;
}
