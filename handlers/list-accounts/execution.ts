import { InvalidInput } from '../shared/validation';

/** What AWS Step Functions says about an execution. */
export interface ExecutionState {
  /** For example `RUNNING`. */
  status: string | undefined;
  startedAt: Date | undefined;
}

/** An execution that is running. */
export interface RunningExecution {
  name: string;
  startedAt: Date;
}

/** Names that would be folders of their own in a path. */
const NOT_A_NAME = ['', '.', '..'];

/**
 * Checks that an execution belongs to the state machine and is running. Nothing about it is taken from the caller: a wrong
 * date would let reports be stored under another day.
 * @param describe - asks AWS Step Functions
 * @throws {@link InvalidInput}
 */
export async function runningExecution(
  arn: string,
  stateMachine: string,
  describe: (arn: string) => Promise<ExecutionState>,
): Promise<RunningExecution> {
  const executions = `${stateMachine.replace(':stateMachine:', ':execution:')}:`;
  const name = arn.startsWith(executions) ? arn.slice(executions.length) : '';
  if (NOT_A_NAME.includes(name) || /[/:]/.test(name))
    throw new InvalidInput(`${JSON.stringify(arn)} is not an execution of ${stateMachine}`);
  const { status, startedAt } = await describe(arn);
  if (status !== 'RUNNING' || !startedAt)
    throw new InvalidInput(`The execution ${arn} is not running: its status is ${status ?? 'unknown'}`);
  return { name, startedAt };
}
