/** Asks Step Functions' own engine (https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html). */
import {
  InvalidDefinition,
  InvalidExecutionInput,
  type SFNClient,
  TestStateCommand,
  type TestStateCommandInput,
  type TestStateCommandOutput,
  ValidationException,
} from '@aws-sdk/client-sfn';
import { executionArn } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import type { JudgedCase } from './cases';
import { EXECUTION, type StateMachine } from './local-verdict';
import type { Verdict } from './state-case';

export interface Asked {
  readonly client: SFNClient;
  readonly machine: StateMachine & { readonly definition: WorkflowDefinition };
  /** Passed for states without a mock. @default - none */
  readonly roleArn?: string | undefined;
}

/** What AWS says of a case: a verdict with the inputs of the children of a Map, or why it does not judge it. */
export type Answer = (Verdict & { readonly children?: unknown }) | { readonly refusal: string };

/** @throws if AWS cannot be asked, for example without permission */
export async function askAws(asked: Asked, one: JudgedCase): Promise<Answer> {
  try {
    return verdictOf(await asked.client.send(new TestStateCommand(requestFor(asked, one))));
  } catch (error) {
    const isRefusal = [InvalidDefinition, InvalidExecutionInput, ValidationException].some(
      (kind) => error instanceof kind,
    );
    if (!isRefusal) throw error;
    return { refusal: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

function requestFor(
  { machine, roleArn }: Asked,
  { name, state, input, mock }: JudgedCase,
): TestStateCommandInput {
  const request = {
    definition: JSON.stringify(machine.definition),
    stateName: name,
    input: JSON.stringify(input),
    inspectionLevel: 'DEBUG' as const,
  };
  if (!mock) return { ...request, ...(roleArn !== undefined && { roleArn }) };
  // AWS fills in the context of states that do not read it, such as that of a Map.
  const readsContext = JSON.stringify(state).includes('$$.Execution.');
  return {
    ...request,
    ...(readsContext && { context: JSON.stringify(contextOf(machine, name)) }),
    ...('error' in mock
      ? {
          mock: { errorOutput: { error: mock.error, cause: mock.cause } },
          stateConfiguration: {
            ...(mock.retries > 0 && { retrierRetryCount: mock.retries }),
            ...(state.Type === 'Map' && {
              errorCausedByState: (state.ItemProcessor as WorkflowDefinition).StartAt,
            }),
          },
        }
      : // In the model of AWS Lambda the payload is a blob, so JSON does not conform to it.
        { mock: { result: JSON.stringify(mock.result), fieldValidationMode: 'NONE' as const } }),
  };
}

function contextOf({ name, arn }: StateMachine, state: string) {
  const time = '2026-01-01T06:00:00.000Z';
  return {
    Execution: { Id: executionArn(arn, EXECUTION), Name: EXECUTION, StartTime: time },
    State: { Name: state, EnteredTime: time, RetryCount: 0 },
    StateMachine: { Id: arn, Name: name },
  };
}

function verdictOf({
  status,
  nextState,
  output,
  error,
  cause,
  inspectionData,
}: TestStateCommandOutput): Answer {
  const { afterParameters, afterItemSelector } = inspectionData ?? {};
  return {
    status: status ?? 'FAILED',
    ...{ nextState, error, cause },
    output: parsed(output),
    parameters: parsed(afterParameters),
    children: parsed(afterItemSelector),
  };
}

const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
