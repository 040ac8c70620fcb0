/** What the local interpreter says of one state. */
import type { Integrations } from '../../local/engine/prepared-definition';
import { execute } from '../../local/engine/workflow';
import { isDistributedMap, taskInPlaceOf } from '../../local/engine/distributed-map';
import { FunctionError } from '../../local/engine/lambda';
import type { State, WorkflowDefinition } from '../../local/engine/workflow-definition';
import type { StateCase, Verdict } from './state-case';

/** The state machine that the cases belong to. */
export interface StateMachine {
  readonly name: string;
  readonly arn: string;
}

export const EXECUTION = 'verify';

const TASK = 'arn:aws:states:::lambda:invoke';

/**
 * Executes the state in a state machine where every other state only says that it was entered, and with what.
 */
export async function localVerdict(
  { name, state, input, definition, mock }: StateCase,
  machine: StateMachine,
): Promise<Verdict> {
  const calls: unknown[] = [];
  const call = (parameters: unknown) => {
    calls.push(parameters);
    if (mock && 'error' in mock) throw new FunctionError(mock.error, mock.cause);
    return Promise.resolve(mock?.result);
  };
  // A Map is judged without its children.
  const tested = isDistributedMap(state) ? { ...taskInPlaceOf(state), Resource: TASK } : state;
  const others = Object.keys(definition.States).map((other) => [other, saysThatItWasEntered(other)]);
  const States = { ...(Object.fromEntries(others) as WorkflowDefinition['States']), [name]: tested };
  const result = await execute({
    stateMachine: { ...machine, definition: { StartAt: name, States } },
    execution: EXECUTION,
    input,
    integrations: { 'lambda:invoke': call, 'sns:publish': call } as Integrations,
    waitSeconds: 0,
  });
  const parameters = state.Type === 'Task' && { parameters: calls[0] };
  const error = mock && 'error' in mock && { error: mock.error, cause: mock.cause };
  if (error && calls.length > mock.retries + 1) return { status: 'RETRIABLE', ...error, ...parameters };
  if (result.status === 'FAILED')
    return { status: 'FAILED', error: result.error, cause: result.cause, ...parameters };
  const { entered, output } = result.output as { entered?: string; output: unknown };
  if (entered === undefined) return { status: 'SUCCEEDED', output: result.output, ...parameters };
  const status = error ? 'CAUGHT_ERROR' : 'SUCCEEDED';
  return { status, nextState: entered, output, ...error, ...parameters };
}

/** The inputs of the children of a Map, as its ItemSelector makes them. */
export async function childInputs(
  { name, state, input }: StateCase,
  machine: StateMachine,
): Promise<unknown[]> {
  const inputs: unknown[] = [];
  const receive = {
    Type: 'Task',
    Resource: TASK,
    Parameters: { FunctionName: '', 'Payload.$': '$' },
    End: true,
  };
  const ItemProcessor = {
    ...(state.ItemProcessor as object),
    StartAt: 'Receive',
    States: { Receive: receive },
  };
  const map: State = { ...state, ItemProcessor, MaxConcurrency: 1, Next: 'Ended' };
  await execute({
    stateMachine: {
      ...machine,
      definition: { StartAt: name, States: { [name]: map, Ended: { Type: 'Succeed' } } },
    },
    execution: EXECUTION,
    input,
    integrations: {
      'lambda:invoke': ({ Payload }) => {
        inputs.push(Payload);
        return Promise.resolve({ Payload });
      },
      'sns:publish': () => Promise.resolve({}),
    },
    waitSeconds: 0,
  });
  return inputs;
}

const saysThatItWasEntered = (name: string): State => ({
  Type: 'Pass',
  Parameters: { entered: name, 'output.$': '$' },
  End: true,
});
