import type { WorkflowEvent } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { isDistributedMap } from '../../local/engine/distributed-map';
import { model } from './model';

/** A quota of Step Functions that an execution exceeded. */
export type ExceededLimit = 'history limit' | 'payload limit';

/** Counts the transitions of a run, and finds the longest histories and the largest payload of its executions. */
export class ExecutionHistories {
  transitions = 0;
  maxPayloadBytes = 0;
  maxParentEvents = 0;
  maxChildEvents = 0;

  constructor(private readonly onLimitExceeded: (limit: ExceededLimit) => void) {}

  async follow(
    definition: WorkflowDefinition,
    events: AsyncIterable<WorkflowEvent>,
    kind: 'Parent' | 'Child',
  ): Promise<void> {
    let count = 0;
    // Step Functions charges a child execution of a Distributed Map as a transition.
    if (kind === 'Child') this.transitions += 1;
    for await (const event of events) {
      count += historyEventsFor(event, definition);
      if (event.type === 'StateEntered' || event.type === 'StateRetried') this.transitions += 1;
      for (const payload of payloadsOf(event)) this.addPayload(payload);
      this[`max${kind}Events`] = Math.max(this[`max${kind}Events`], count);
      if (count >= model.stepFunctions.maxHistoryEvents) this.onLimitExceeded('history limit');
    }
  }

  /** @param envelopeBytes - what Step Functions adds to the value */
  addPayload(value: unknown, envelopeBytes = 0): void {
    const bytes = Buffer.byteLength(JSON.stringify(value ?? null)) + envelopeBytes;
    this.maxPayloadBytes = Math.max(this.maxPayloadBytes, bytes);
    if (bytes > model.stepFunctions.maxPayloadBytes) this.onLimitExceeded('payload limit');
  }
}

/**
 * Events that Step Functions adds to the history for one event of the interpreter, counted in histories recorded on AWS
 * (https://github.com/localstack/localstack at 8b9a79f, snapshots in tests/aws/services/stepfunctions/v2): 5 for a task
 * and 3 more for each retry; 4 for an inline Map and 2 for each iteration; 6 for a Distributed Map; 1 for Fail; 2 for
 * every other state.
 */
function historyEventsFor(event: WorkflowEvent, definition: WorkflowDefinition): number {
  switch (event.type) {
    case 'StateEntered':
      if (event.state.type === 'Task') return isDistributedMapState(event.state.name, definition) ? 4 : 3;
      return event.state.type === 'Map' ? 2 : 1;
    case 'StateExited':
      return event.state.type === 'Task' || event.state.type === 'Map' ? 2 : 1;
    case 'StateFailed':
      return event.state.type === 'Fail' ? 0 : 1;
    case 'StateRetried':
      return 2;
    case 'StateCaught':
      // The exit that follows counts a success, which did not happen.
      return -1;
    default:
      return 1;
  }
}

/** The interpreter executes a Distributed Map as a task. */
function isDistributedMapState(name: string, { States }: WorkflowDefinition): boolean {
  const state = States[name];
  return state !== undefined && isDistributedMap(state);
}

function payloadsOf(event: WorkflowEvent): unknown[] {
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
