/** One run of the workflow, with faults between the state machine and its functions. */
import { TIME_TO_RECORD } from '../../handlers/collect-reports/collect-reports';
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
import { messagesAbout } from '../../local/engine/status-rules';
import { type ExecutionResult, type FailedState, execute, executionArn } from '../../local/engine/workflow';
import { type Delivery, deliveryOf, inDelivery } from './deliveries';
import type { Functions } from './functions';
import { stateMachine } from './state-machine';

/** More than any run needs: 6 batches with 5 polls each, each poll with 9 attempts, each attempt delivered twice. */
const MAX_DELIVERIES = 1_000;

/** A call that a fault hit, with the delivery that made it. */
export interface TracedHit extends Call {
  kind: FaultKind;
  /** Of the object, if it is a call to S3. */
  key: string;
  delivery: Delivery | undefined;
}

export interface Run {
  execution: string;
  startTime: Date;
  /** Keys of the objects that existed when it started. */
  earlierKeys: ReadonlySet<string>;
  /** Whether no other run was in progress at the same time. */
  isAlone: boolean;
  /** Whether its reports can be read again whatever other runs do: they have versions, or it was alone. */
  isRepeatable: boolean;
  /** Whether faults could hit it. */
  isFaulty: boolean;
  result: ExecutionResult;
  /** Digests, and messages about a run that failed. Of a run that was redriven, those since then. */
  notifications: { subject?: string | undefined; message: string }[];
  hits: TracedHit[];
  deliveries: Delivery[];
  /** Results of a listing, and of the same event delivered again after an account had left. */
  repeatedListings: { first: unknown; again: unknown }[];
  /** Whether it had to be stopped because it did not end. */
  endless: boolean;
  /** Whether the last attempt to invoke a function, for a batch if it has one, failed; undefined if there was none. */
  lastAttemptFailed: (name: FunctionName, batch?: number) => boolean | undefined;
}

/** Invokes a function, with the faults of the run. */
export type Invoke = (name: FunctionName, event: unknown) => Promise<unknown>;

export interface FaultyRunProps {
  execution: string;
  startTime: Date;
  functions: Functions;
  invocationFaults: readonly InvocationFault[];
  /** Deliveries of all runs by their ID; those of this run are added. */
  deliveries: Delivery[];
  /** Called when the accounts are listed; the event is then delivered again if it says so. */
  onListed: () => boolean;
  /** Called at the start of the run, for functions that invoke others. */
  onInvoke: (invoke: Invoke) => void;
  /** Where a run that failed continues. @default - it starts */
  redriveFrom?: FailedState;
}

export async function faultyRun(
  props: FaultyRunProps,
): Promise<Omit<Run, 'hits' | 'isFaulty' | 'earlierKeys' | 'isAlone' | 'isRepeatable'>> {
  const { execution, startTime, functions, invocationFaults, deliveries, onListed, redriveFrom } = props;
  const notifications: Run['notifications'] = [];
  const failed = new Map<string, boolean>();
  const ofThisRun: Delivery[] = [];
  const deliver: Deliver = (name, event, { requests = Infinity, time }) => {
    const id = deliveries.length;
    const shortOfTime = time !== undefined;
    const delivery = deliveryOf({ id, execution, name, event, requests, shortOfTime });
    deliveries.push(delivery);
    ofThisRun.push(delivery);
    if (ofThisRun.length > MAX_DELIVERIES) throw new FunctionError('InvalidInput', 'the run does not end');
    const deadline = Date.now() + TIME_TO_RECORD + (time ?? 0);
    const context = shortOfTime ? { getRemainingTimeInMillis: () => deadline - Date.now() } : undefined;
    return inDelivery(delivery, () => functions[name](event, context)).catch((error: unknown) => {
      delivery.error = error;
      throw error;
    });
  };
  const repeated: Run['repeatedListings'] = [];
  const invoke = faultyInvocations(invocationFaults, deliver);
  props.onInvoke(invoke);
  const { rules, ...machine } = stateMachine();
  const result = await execute({
    ...(redriveFrom && { redriveFrom }),
    stateMachine: machine,
    execution,
    startTime,
    waitSeconds: 0,
    integrations: {
      'lambda:invoke': async ({ FunctionName, Payload }) => {
        const name = nameOf(FunctionName, functions);
        const key = keyOf(name, (Payload as Partial<CollectReportsEvent>).batch);
        failed.set(key, true);
        const response = await invoke(name, Payload);
        failed.set(key, false);
        if (name === 'list-accounts' && onListed())
          await deliver(name, Payload, {}).then(
            (again) => repeated.push({ first: response, again }),
            // A fault hit it: nobody waits for it.
            () => undefined,
          );
        return { Payload: JSON.parse(JSON.stringify(response)) as unknown };
      },
      'sns:publish': ({ Subject, Message }) => {
        notifications.push({ subject: Subject, message: Message });
        return Promise.resolve({});
      },
    },
  });
  const ended = {
    stateMachineArn: machine.arn,
    executionArn: executionArn(machine.arn, execution),
    ...result,
  };
  for (const message of messagesAbout(ended, rules)) notifications.push({ subject: '', message });
  return {
    execution,
    startTime,
    result,
    notifications,
    deliveries: ofThisRun,
    repeatedListings: repeated,
    endless: ofThisRun.length > MAX_DELIVERIES,
    lastAttemptFailed: (name, batch) => failed.get(keyOf(name, batch)),
  };
}

const keyOf = (name: FunctionName, batch: number | undefined) => `${name} ${batch ?? ''}`;

function nameOf(functionName: string, functions: Functions): FunctionName {
  const name = Object.keys(functions).find((one) => functionName.includes(one));
  if (!name) throw new Error(`no function ${functionName}`);
  return name as FunctionName;
}
