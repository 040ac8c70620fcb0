import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { ExecutionResult, WorkflowProps } from '../../../local/engine/workflow';
import { executionArn } from '../../../local/engine/workflow';
import { CalledServices } from './called-services';
import { LocalStack } from './localstack';

/** What is compared of the executions of a run. */
export interface Executed {
  /** The states of the parent, in the order in which it entered them. */
  states: string[];
  /** How many children of the Distributed Map succeeded, and how many failed. */
  children: { succeeded: number; failed: number };
}

/** Executes definitions with the interpreter of LocalStack. */
export class LocalStackEngine {
  private constructor(
    private readonly called: CalledServices,
    private readonly localStack: LocalStack,
  ) {}

  static async start(waitSeconds: number): Promise<LocalStackEngine> {
    const called = await CalledServices.start();
    return new LocalStackEngine(called, await LocalStack.start(waitSeconds, called.port));
  }

  async execute({ stateMachine, execution, integrations }: WorkflowProps): Promise<ExecutionResult & Executed> {
    const client = this.localStack.clientFor(stateMachine.arn);
    this.called.integrations = integrations;
    await client.send(
      new CreateStateMachineCommand({
        name: stateMachine.name,
        definition: accepted(stateMachine.definition),
        roleArn: `arn:aws:iam::${stateMachine.arn.split(':')[4]}:role/workflow`,
      }),
    );
    await client.send(
      new StartExecutionCommand({ stateMachineArn: stateMachine.arn, name: execution, input: '{}' }),
    );
    const arn = executionArn(stateMachine.arn, execution);
    const result = await this.resultOf(client, arn);
    return { ...result, ...(await executedBy(client, arn)) };
  }

  private async resultOf(client: SFNClient, executionArn: string): Promise<ExecutionResult> {
    for (;;) {
      const { status, output, error = '', cause = '' } = await client.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status === 'SUCCEEDED') return { status, output: JSON.parse(output ?? '') };
      if (status !== 'RUNNING') return { status: 'FAILED', error, cause };
      await pause(100);
    }
  }

  async stop(): Promise<void> {
    await this.localStack.stop();
    await this.called.stop();
  }
}

/** LocalStack 4.13 takes only a number with a decimal point for this percentage. */
const accepted = (definition: object) =>
  JSON.stringify(definition).replaceAll(/("ToleratedFailurePercentage":\d+)(?=[,}])/g, '$1.0');

async function executedBy(client: SFNClient, executionArn: string): Promise<Executed> {
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  const children = { succeeded: 0, failed: 0 };
  for (const { mapRunStartedEventDetails } of events) {
    if (!mapRunStartedEventDetails) continue;
    const { executionCounts } = await client.send(
      new DescribeMapRunCommand({ mapRunArn: mapRunStartedEventDetails.mapRunArn }),
    );
    children.succeeded += executionCounts?.succeeded ?? 0;
    children.failed += executionCounts?.failed ?? 0;
  }
  return { states: events.flatMap(enteredState), children };
}

const enteredState = ({ stateEnteredEventDetails }: HistoryEvent) =>
  stateEnteredEventDetails?.name === undefined ? [] : [stateEnteredEventDetails.name];
