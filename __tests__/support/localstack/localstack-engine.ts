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
import { type ExecutionResult, type WorkflowProps, executionArn } from '../../../local/engine/workflow';
import { CalledServices } from './called-services';
import { LocalStack } from './localstack';

/** What happened in the executions of a run, besides its result. */
export interface Executed {
  /** The states of the parent, in the order in which it entered them. */
  states: string[];
  /** The last of them, with its input. */
  failedState: { name: string; input: unknown };
  /** How many children of the Distributed Map succeeded, and how many failed. */
  children: { succeeded: number; failed: number };
}

/** Executes definitions with the interpreter of LocalStack. */
export class LocalStackEngine {
  private constructor(
    private readonly called: CalledServices,
    private readonly localStack: LocalStack,
  ) {}

  /** @param waitSeconds - length of every wait and of every pause before a retry, s */
  static async start(waitSeconds: number): Promise<LocalStackEngine> {
    const called = await CalledServices.start();
    return new LocalStackEngine(called, await LocalStack.start(waitSeconds, called.port));
  }

  async execute({
    stateMachine,
    execution,
    integrations,
  }: WorkflowProps): Promise<ExecutionResult & Executed> {
    const client = this.localStack.clientFor(stateMachine.arn);
    this.called.integrations = integrations;
    await client.send(
      new CreateStateMachineCommand({
        name: stateMachine.name,
        definition: JSON.stringify(stateMachine.definition),
        roleArn: `arn:aws:iam::${stateMachine.arn.split(':')[4]}:role/workflow`,
      }),
    );
    const { executionArn: arn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: stateMachine.arn, name: execution, input: '{}' }),
    );
    if (arn !== executionArn(stateMachine.arn, execution))
      throw new Error(`another execution started: ${arn}`);
    const result = await endOf(client, arn);
    return { ...(await executed(client, arn)), ...result };
  }

  async stop(): Promise<void> {
    await this.localStack.stop();
    await this.called.stop();
  }
}

async function endOf(client: SFNClient, executionArn: string) {
  for (;;) {
    const ended = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { status, output = 'null', error = '', cause = '' } = ended;
    if (status === 'SUCCEEDED') return { status, output: JSON.parse(output) as unknown };
    if (status !== 'RUNNING') return { status: 'FAILED' as const, error, cause };
    await pause(100);
  }
}

async function executed(client: SFNClient, executionArn: string): Promise<Executed> {
  const { events = [] } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  const entered = events.flatMap(({ stateEnteredEventDetails: state }) => (state ? [state] : []));
  const { name = '', input = 'null' } = entered.at(-1) ?? {};
  const children = { succeeded: 0, failed: 0 };
  for (const mapRunArn of events.flatMap(startedMapRun)) {
    const { executionCounts } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
    children.succeeded += executionCounts?.succeeded ?? 0;
    children.failed += executionCounts?.failed ?? 0;
  }
  return {
    states: entered.map((state) => state.name ?? ''),
    failedState: { name, input: JSON.parse(input) as unknown },
    children,
  };
}

const startedMapRun = ({ mapRunStartedEventDetails: started }: HistoryEvent) => started?.mapRunArn ?? [];
