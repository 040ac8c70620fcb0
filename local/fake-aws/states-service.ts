import { type Service, ServiceError } from './service';

/** An execution of a state machine. */
export interface Execution {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  startDate: Date;
}

/** `arn:PARTITION:states:REGION:ACCOUNT:execution:STATE-MACHINE:NAME`. */
const EXECUTION_ARN = /^(arn:[\w-]+:states:[\w-]+:\d{12}):execution:([^:]+):([^:]+)$/;

/**
 * AWS Step Functions: DescribeExecution.
 * @param executionOf - the execution with an ARN; nothing if there is none
 */
export function statesService(executionOf: (arn: string) => Execution | undefined): Service {
  return ({ headers, body }) => {
    const target = headers['x-amz-target'];
    if (target !== 'AWSStepFunctions.DescribeExecution')
      throw new ServiceError(400, 'UnknownOperationException', String(target));
    const { executionArn } = JSON.parse(body.toString()) as { executionArn: string };
    const [, scope, stateMachine, name] = EXECUTION_ARN.exec(executionArn) ?? [];
    if (scope === undefined) throw new ServiceError(400, 'InvalidArn', `Invalid Arn: '${executionArn}'`);
    const execution = executionOf(executionArn);
    if (!execution)
      throw new ServiceError(400, 'ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({
        executionArn,
        stateMachineArn: `${scope}:stateMachine:${stateMachine}`,
        name,
        status: execution.status,
        // Seconds since the epoch, with a fraction.
        startDate: execution.startDate.getTime() / 1000,
      }),
    };
  };
}
