import type { WorkflowEvent } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { isDistributedMap } from '../../local/engine/distributed-map';
import { model } from './model';

/** What an execution broke on. */
export type Broken = 'history' | 'payload';

/** Most of anything in an execution, and all transitions, over a run. */
export class Histories {
  transitions = 0;
  maxPayloadBytes = 0;
  maxParentEvents = 0;
  maxChildEvents = 0;
  iterations = 0;

  constructor(
    /** Called when an execution exceeds what Step Functions allows. */
    private readonly onBroken: (what: Broken) => void,
  ) {}

  async follow(
    definition: WorkflowDefinition,
    events: AsyncIterable<WorkflowEvent>,
    kind: 'Parent' | 'Child',
  ): Promise<void> {
    let count = 0;
    // A child execution of a Distributed Map is charged as a transition.
    if (kind === 'Child') this.transitions += 1;
    for await (const event of events) {
      count += historyEvents(event, definition);
      if (event.type === 'StateEntered' || event.type === 'StateRetried') this.transitions += 1;
      if (event.type === 'MapIterationSucceeded') this.iterations += 1;
      for (const payload of payloads(event)) this.payload(payload);
      this[`max${kind}Events`] = Math.max(this[`max${kind}Events`], count);
      if (count >= model.stepFunctions.maxHistoryEvents) this.onBroken('history');
    }
  }

  /** A payload that no event shows, such as what a function is called with. */
  payload(value: unknown, around = 0): void {
    const bytes = Buffer.byteLength(JSON.stringify(value ?? null)) + around;
    this.maxPayloadBytes = Math.max(this.maxPayloadBytes, bytes);
    if (bytes > model.stepFunctions.maxPayloadBytes) this.onBroken('payload');
  }
}

/**
 * Events that Step Functions writes into the history for one event of the interpreter. Counted in histories
 * of AWS (https://github.com/localstack/localstack at 8b9a79f, tests/aws/services/stepfunctions/v2, snapshots): a task has 5 events and
 * 3 more for each retry, an inline Map 4 and 2 for each iteration, a Distributed Map 6, Fail 1, others 2.
 */
function historyEvents(event: WorkflowEvent, definition: WorkflowDefinition): number {
  switch (event.type) {
    case 'StateEntered':
      return event.state.type === 'Task'
        ? isMap(event.state.name, definition)
          ? 4
          : 3
        : event.state.type === 'Map'
          ? 2
          : 1;
    case 'StateExited':
      return event.state.type === 'Task' || event.state.type === 'Map' ? 2 : 1;
    case 'StateFailed':
      return event.state.type === 'Fail' ? 0 : 1;
    case 'StateRetried':
      return 2;
    case 'StateCaught':
      // The state is left without having succeeded.
      return -1;
    default:
      return 1;
  }
}

/** A Distributed Map is a task to the interpreter. */
function isMap(name: string, { States }: WorkflowDefinition): boolean {
  const state = States[name];
  return state !== undefined && isDistributedMap(state);
}

function payloads(event: WorkflowEvent): unknown[] {
  switch (event.type) {
    case 'ExecutionStarted':
      return [event.input];
    case 'StateEntered':
      return [event.state.input];
    case 'StateExited':
      return [event.state.output];
    case 'ExecutionSucceeded':
      return [event.output];
    default:
      return [];
  }
}
