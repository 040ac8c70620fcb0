/**
 * The interpreter does not support a Distributed Map. It gets a task instead, which runs the item processor once per item
 * and compares the failed runs with the tolerated percentage.
 */
import type { State, WorkflowDefinition } from './workflow-definition';

/** Runs a definition from start to end. Rejects with the error that the execution fails with. */
export type Run = (definition: WorkflowDefinition, input: unknown, tasks?: Tasks) => Promise<unknown>;

/** Implementations of tasks, by the name of their state. */
export type Tasks = Record<string, (input: never) => Promise<unknown>>;

type DistributedMap = State & {
  Type: 'Map';
  ItemsPath: string;
  ItemSelector: object;
  ItemProcessor: WorkflowDefinition & { ProcessorConfig: { Mode: string } };
  MaxConcurrency: number;
  ToleratedFailurePercentage: number;
};

/** Fields that are handled here. */
const OF_THE_MAP = [
  'Type',
  'Label',
  'ItemsPath',
  'ItemSelector',
  'ItemProcessor',
  'MaxConcurrency',
  'ToleratedFailurePercentage',
];
/** Fields that mean the same for a task. */
const OF_ANY_TASK = [
  'Comment',
  'ResultSelector',
  'ResultPath',
  'OutputPath',
  'Retry',
  'Catch',
  'Next',
  'End',
];

/** Longer than any run; in ms it still fits a timer. */
const NO_TIMEOUT_SECONDS = 1_000_000;

export function isDistributedMap(state: State): state is DistributedMap {
  const { ProcessorConfig } = (state.ItemProcessor ?? {}) as { ProcessorConfig?: { Mode?: string } };
  return state.Type === 'Map' && ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** The task that replaces the map in the interpreter. It gets the input of the state and the items. */
export function taskInPlaceOf(map: DistributedMap): State {
  const unknown = Object.keys(map).filter((field) => ![...OF_THE_MAP, ...OF_ANY_TASK].includes(field));
  if (unknown.length > 0) {
    throw new Error(
      `The local run does not support these fields of a Distributed Map: ${unknown.join(', ')}`,
    );
  }
  return {
    ...Object.fromEntries(Object.entries(map).filter(([field]) => OF_ANY_TASK.includes(field))),
    Type: 'Task',
    Resource: 'map',
    TimeoutSeconds: NO_TIMEOUT_SECONDS,
    Parameters: { 'input.$': '$', 'items.$': map.ItemsPath },
  };
}

/** The implementation of that task. */
export function mapTask(
  map: DistributedMap,
  run: Run,
): (task: { input: object; items: unknown[] }) => Promise<unknown[]> {
  return async ({ input, items }) => {
    const results = (await run(
      inlineMap(map),
      { ...input, items },
      { Child: child(map, run) },
    )) as ChildResult[];
    const failed = results.filter(({ status }) => status === 'FAILED').length;
    if ((failed / items.length) * 100 > map.ToleratedFailurePercentage) {
      const exceeded = new Error(`${failed} of ${items.length} child executions failed`);
      exceeded.name = 'States.ExceedToleratedFailureThreshold';
      throw exceeded;
    }
    return results.flatMap((result) => (result.status === 'SUCCEEDED' ? [result.output] : []));
  };
}

type ChildResult = { status: 'SUCCEEDED'; output: unknown } | { status: 'FAILED' };

function child(map: DistributedMap, run: Run): (input: unknown) => Promise<ChildResult> {
  return async (input) => {
    try {
      return { status: 'SUCCEEDED', output: await run(map.ItemProcessor, input) };
    } catch {
      // The parent of a Distributed Map does not see the reason: it is in the history of the child.
      return { status: 'FAILED' };
    }
  };
}

/** Only an inline Map of the interpreter can evaluate the ItemSelector. */
function inlineMap({ ItemSelector, MaxConcurrency }: DistributedMap): WorkflowDefinition {
  const Child = { Type: 'Task', Resource: 'child', TimeoutSeconds: NO_TIMEOUT_SECONDS, End: true };
  const ItemProcessor = { StartAt: 'Child', States: { Child } };
  const Items = { Type: 'Map', ItemsPath: '$.items', ItemSelector, MaxConcurrency, ItemProcessor, End: true };
  return { StartAt: 'Items', States: { Items } };
}
