/** One run of the workflow, with what goes wrong between its states and its functions. */
import type { CollectReportsEvent } from '../../handlers/shared/events';
import {
  type Deliver,
  type FunctionName,
  type InvocationFault,
  faultyInvocations,
} from '../../local/engine/invocation-faults';
import { FunctionError } from '../../local/engine/lambda';
import type { Call } from '../../local/fake-aws/faults/calls';
import type { FaultKind } from '../../local/fake-aws/faults/fault-kinds';
import { type ExecutionResult, execute } from '../../local/engine/workflow';
import { stateMachine } from './definition';
import { type Delivery, during } from './deliveries';
import type { Functions } from './functions';

/** What is kept of a function's time to record (handlers/collect-reports.ts), ms. */
const TIME_TO_RECORD = 20_000;
/** More deliveries than any run can need: 6 batches, 5 looks, each delivered 9 times and twice. */
const ENDLESS = 1_000;

/** A call that a fault hit, and the delivery that made it. */
export interface TracedHit extends Call {
  kind: FaultKind;
  delivery: Delivery | undefined;
}

export interface Run {
  execution: string;
  result: ExecutionResult;
  notifications: { subject: string; message: string }[];
  hits: TracedHit[];
  deliveries: Delivery[];
  /** Whether it was stopped because it did not end. */
  endless: boolean;
  /** Whether the last answer that a state got from a function, for a batch, was an error. */
  failedAtLast: (name: FunctionName, batch?: number) => boolean;
}

export interface FaultyRunProps {
  execution: string;
  functions: Functions;
  invocationFaults: readonly InvocationFault[];
  /** Deliveries of all runs by their id; those of this one are added. */
  deliveries: Delivery[];
}

export async function faultyRun(props: FaultyRunProps): Promise<Omit<Run, 'hits'>> {
  const { execution, functions, invocationFaults, deliveries } = props;
  const notifications: Run['notifications'] = [];
  const failed = new Map<string, boolean>();
  const own: Delivery[] = [];
  const deliver: Deliver = (name, event, { requests = Infinity, time }) => {
    const { batch, waited } = event as Partial<CollectReportsEvent>;
    const id = deliveries.length;
    const shortOfTime = time !== undefined;
    const about = { id, execution, function: name, batch, waited };
    const delivery: Delivery = { ...about, requests, shortOfTime, cutShort: false };
    deliveries.push(delivery);
    own.push(delivery);
    if (own.length > ENDLESS) throw new FunctionError('InvalidInput', 'the run does not end');
    const until = Date.now() + TIME_TO_RECORD + (time ?? 0);
    const context = shortOfTime ? { getRemainingTimeInMillis: () => until - Date.now() } : undefined;
    return during(delivery, () => functions[name](event, context)).catch((error: unknown) => {
      delivery.error = error;
      throw error;
    });
  };
  const invoke = faultyInvocations(invocationFaults, deliver);
  const result = await execute({
    stateMachine: stateMachine(),
    execution,
    waitSeconds: 0,
    integrations: {
      'lambda:invoke': async ({ FunctionName, Payload }) => {
        const name = nameOf(FunctionName, functions);
        const key = keyOf(name, (Payload as Partial<CollectReportsEvent>).batch);
        failed.set(key, true);
        const answer = await invoke(name, Payload);
        failed.set(key, false);
        return { Payload: JSON.parse(JSON.stringify(answer)) as unknown };
      },
      'sns:publish': ({ Subject, Message }) => {
        notifications.push({ subject: Subject, message: Message });
        return Promise.resolve({});
      },
    },
  });
  return {
    execution,
    result,
    notifications,
    deliveries: own,
    endless: own.length > ENDLESS,
    failedAtLast: (name, batch) => failed.get(keyOf(name, batch)) ?? false,
  };
}

const keyOf = (name: FunctionName, batch: number | undefined) => `${name} ${batch ?? ''}`;

function nameOf(functionName: string, functions: Functions): FunctionName {
  const name = Object.keys(functions).find((one) => functionName.includes(one));
  if (!name) throw new Error(`no function ${functionName}`);
  return name as FunctionName;
}
