import { ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import type { Run } from './distributed-map';
import { type Integrations, prepared } from './prepared-definition';
import type { WorkflowDefinition } from './workflow-definition';

/** An event of an execution, as the interpreter reports it. */
export type WorkflowEvent =
  ReturnType<StateMachine['run']>['eventLogs'] extends AsyncIterable<infer Event> ? Event : never;

/** Observes the executions of a run, as the benchmark does. */
export interface ExecutionObserver {
  /** A child execution starts when this resolves. */
  beforeChild: () => Promise<void>;
  /** Gets the events of an execution, the parent's or a child's, as they happen. It must read them all. */
  follow: (definition: WorkflowDefinition, events: AsyncIterable<WorkflowEvent>) => void;
}

export interface WorkflowProps {
  stateMachine: { name: string; arn: string; definition: WorkflowDefinition };
  execution: string;
  /**
   * When the execution started, as its states see it and as AWS Step Functions tells it.
   * @default - now
   */
  startTime?: Date | undefined;
  integrations: Integrations;
  /**
   * Length of every wait and of every pause before a retry, s.
   * @default - as defined
   */
  waitSeconds?: number | undefined;
  /** @default - none */
  observer?: ExecutionObserver;
  /**
   * Input of the execution.
   * @default - an empty object
   */
  input?: unknown;
  /**
   * Redrives an execution that failed: it continues at the state that failed, with the input of that state. This is a model:
   * on AWS a Map Run that failed starts only those children again that did not succeed, here it starts all.
   * @default - it starts at the beginning
   */
  redriveFrom?: FailedState;
}

/** A state that failed. */
export interface FailedState {
  name: string;
  input: unknown;
}

export type ExecutionResult =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string; failedState: FailedState };

/** ARN of an execution of a state machine. */
export function executionArn(stateMachine: string, execution: string): string {
  return `${stateMachine.replace(':stateMachine:', ':execution:')}:${execution}`;
}

/** Executes a definition as it was synthesized, with the interpreter of a library. */
export async function execute(props: WorkflowProps): Promise<ExecutionResult> {
  const { stateMachine, execution, startTime = new Date(), integrations, waitSeconds, observer } = props;
  const { redriveFrom, input: given = {} } = props;
  const { name: StartAt, input } = redriveFrom ?? { name: stateMachine.definition.StartAt, input: given };
  const parent = { ...stateMachine.definition, StartAt };
  let entered: FailedState = { name: StartAt, input };
  let allEvents: Promise<unknown> = Promise.resolve();
  const context = {
    Execution: { Id: executionArn(stateMachine.arn, execution), Name: execution },
    StartTime: startTime.toISOString(),
    StateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
  };
  const run: Run = async (definition, input, ownTasks) => {
    if (observer && definition !== parent && !ownTasks) await observer.beforeChild();
    const { interpreted, tasks } = prepared(definition, run, integrations);
    const machine = new StateMachine(interpreted as never, { validationOptions: { noValidate: true } });
    const pause = waitSeconds === undefined ? undefined : waitSeconds * 1000;
    const { result, eventLogs } = machine.run(input as never, {
      context,
      overrides: {
        taskResourceLocalHandlers: { ...tasks, ...ownTasks } as never,
        ...(pause !== undefined && {
          waitTimeOverrides: everyState(definition, pause),
          retryIntervalOverrides: everyState(definition, pause),
        }),
      },
    });
    if (definition === parent) {
      const { events, ended } = noting(eventLogs, (state) => (entered = state));
      allEvents = ended;
      if (observer) observer.follow(stateMachine.definition, events);
      else void readAll(events);
    } else if (!ownTasks) observer?.follow(definition, eventLogs);
    return result;
  };
  try {
    return { status: 'SUCCEEDED', output: await run(parent, input) };
  } catch (error) {
    const { name, message } = error instanceof ExecutionError ? (error.cause as Error) : (error as Error);
    await allEvents;
    return { status: 'FAILED', error: name, cause: message, failedState: entered };
  }
}

/** Passes events on, and notes each state that is entered. */
function noting(source: AsyncIterable<WorkflowEvent>, onEntered: (state: FailedState) => void) {
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  async function* events() {
    try {
      for await (const event of source) {
        if (event.type === 'StateEntered') onEntered({ name: event.state.name, input: event.state.input });
        yield event;
      }
    } finally {
      resolve(undefined);
    }
  }
  return { events: events(), ended };
}

async function readAll(events: AsyncIterable<WorkflowEvent>): Promise<void> {
  for await (const _ of events);
}

function everyState({ States }: WorkflowDefinition, value: number): Record<string, number> {
  return Object.fromEntries(Object.keys(States).map((name) => [name, value]));
}
