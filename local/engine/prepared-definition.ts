/** A definition as the interpreter of the library can execute it, and as strict as Step Functions. */
import { withTypeTests } from './choice-rules';
import { type Run, type Tasks, isDistributedMap, mapTask, taskInPlaceOf } from './distributed-map';
import { assertWithinLimit, neverForDataLimit } from './limits';
import type { State, WorkflowDefinition } from './workflow-definition';

/** Service integrations that states can call: SERVICE:ACTION in `arn:…:states:::SERVICE:ACTION`. */
export interface Integrations {
  'lambda:invoke': (call: { FunctionName: string; Payload: unknown }) => Promise<{ Payload: unknown }>;
  'sns:publish': (message: { TopicArn: string; Subject?: string; Message: string }) => Promise<unknown>;
}

/**
 * The definition with the start time of the context, since the interpreter sets `$$.Execution.StartTime` itself. A child
 * execution has the context of its parent.
 */
function withStartTime(definition: WorkflowDefinition): WorkflowDefinition {
  return JSON.parse(
    JSON.stringify(definition).replaceAll('"$$.Execution.StartTime"', () => '"$$.StartTime"'),
  ) as WorkflowDefinition;
}

/** The definition, with tasks instead of what the interpreter does not support, and the implementations of its tasks. */
export function prepared(definition: WorkflowDefinition, run: Run, integrations: Integrations) {
  const tasks: Tasks = {};
  const { States: states, ...rest } = withStartTime(definition);
  const States = Object.fromEntries(
    Object.entries(states).map(([name, state]) => {
      if (isDistributedMap(state)) {
        tasks[name] = mapTask(state, run);
        return [name, taskInPlaceOf(state)];
      }
      // States of an inline Map are states of the same execution.
      if (state.ItemProcessor)
        Object.assign(tasks, prepared(state.ItemProcessor as never, run, integrations).tasks);
      if (state.Type === 'Task' && state.Resource !== 'child')
        tasks[name] = integration(name, state, integrations);
      return [name, asInStepFunctions(state)];
    }),
  );
  return { interpreted: { ...rest, States }, tasks };
}

/** The state, changed where the interpreter is less strict than Step Functions. */
function asInStepFunctions(state: State): State {
  if (!state.Retry) return withTypeTests(state);
  return { ...state, Retry: [neverForDataLimit, ...(state.Retry as object[])] };
}

function integration(
  name: string,
  state: State,
  integrations: Integrations,
): (input: never) => Promise<unknown> {
  const resource = String(state.Resource).split(':::')[1] ?? '';
  if (!Object.hasOwn(integrations, resource)) {
    throw new Error(`State ${name} calls ${String(state.Resource)}, which the local run does not support`);
  }
  const call = integrations[resource as keyof Integrations] as (input: unknown) => Promise<unknown>;
  return async (input) => {
    assertWithinLimit(name, 'input', input);
    const result = await call(input);
    assertWithinLimit(name, 'result', result);
    return result;
  };
}
