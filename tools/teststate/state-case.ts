import type { State, WorkflowDefinition } from '../../local/engine/workflow-definition';
import { isDistributedMap } from '../../local/engine/distributed-map';
import { answersOf } from './answers';

/** What replaces the call of a task, or the children of a Map. */
export type Mock =
  { readonly result: unknown } | { readonly error: string; readonly cause: string; readonly retries: number };

/** One state with an input, to be judged by both engines. */
export interface StateCase {
  readonly definition: WorkflowDefinition;
  readonly name: string;
  readonly state: State;
  readonly input: unknown;
  /** What distinguishes it from other cases of the state. */
  readonly about: string;
  /** Absent for states that call nothing: AWS takes mocks only for others. */
  readonly mock?: Mock;
}

/** What an engine says of a case. Absent fields are absent in the answer of TestState too. */
export interface Verdict {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly nextState?: string | undefined;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** What a task calls with. */
  readonly parameters?: unknown;
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
}

/** An error that no retrier or catcher names. */
const ANY_ERROR = 'UnexpectedError';

/** As AWS Lambda gives it: a text with JSON. */
const CAUSE = JSON.stringify({ errorType: ANY_ERROR, errorMessage: 'it is "broken"' });

/** Default of Step Functions. */
const MAX_ATTEMPTS = 3;

export const callsSomething = (state: State) => state.Type === 'Task' || state.Type === 'Map';

/** How a state may end: with each answer, and with each error that a retrier or a catcher names. */
export function mocksOf(state: State, items: number): { about: string; mock: Mock }[] {
  if (isDistributedMap(state)) {
    const error = 'States.ExceedToleratedFailureThreshold';
    return [
      { about: 'the children succeed', mock: { result: Array(items).fill({}) } },
      { about: error, mock: { error, cause: 'Too many children failed', retries: 0 } },
    ];
  }
  const answers = answersOf(state).map(({ about, result }) => ({ about, mock: { result } }));
  const retriers = (state.Retry ?? []) as Retrier[];
  return [
    ...answers,
    ...retriers.flatMap(errorsOf),
    ...(retriers.length === 0 ? [failure(ANY_ERROR, 0)] : []),
  ];
}

function errorsOf({ ErrorEquals: [first = ''], MaxAttempts = MAX_ATTEMPTS }: Retrier) {
  const error = first === 'States.ALL' ? ANY_ERROR : first;
  return MaxAttempts === 0 ? [failure(error, 0)] : [failure(error, 0), failure(error, MaxAttempts)];
}

function failure(error: string, retries: number) {
  const about = retries === 0 ? error : `${error} after ${retries} retries`;
  return { about, mock: { error, cause: CAUSE, retries } };
}
