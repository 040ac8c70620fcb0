import { type ExecutionState, runningExecution } from '../../../handlers/list-accounts/execution';
import { InvalidInput } from '../../../handlers/shared/validation';
import { STATE_MACHINE, executionArn } from '../../../tools/support/embedded-execution';

const startedAt = new Date('2026-11-22T08:00:00.123Z');

describe('the execution of a run', () => {
  const describeExecution = jest.fn<Promise<ExecutionState>, [string]>();
  beforeEach(() => describeExecution.mockReset().mockResolvedValue({ status: 'RUNNING', startedAt }));
  const read = (arn: string) => runningExecution(arn, STATE_MACHINE, describeExecution);

  it('has the name that its ARN ends with, and the start that AWS Step Functions says', async () => {
    await expect(read(executionArn('run-1'))).resolves.toEqual({ name: 'run-1', startedAt });
    expect(describeExecution.mock.calls).toEqual([[executionArn('run-1')]]);
  });

  it.each(['outcomes', 'ledgers', '...', '.run', '..run', 'é', 'x'.repeat(80)])(
    'may have the name %s',
    async (name) => {
      await expect(read(executionArn(name))).resolves.toMatchObject({ name });
    },
  );

  it.each(['', '.', '..', 'a/b', '../x', 'a:b', ':'])(
    'is refused by the name "%s", before anybody is asked about it',
    async (name) => {
      await expect(read(executionArn(name))).rejects.toThrow(InvalidInput);
      expect(describeExecution).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['another state machine', executionArn('run-1').replace('reports-test', 'reports-production')],
    ['a state machine whose name starts alike', executionArn('run-1').replace('-test:', '-test-2:')],
    ['another account', executionArn('run-1').replace('111111111111', '222222222222')],
    ['another Region', executionArn('run-1').replace('us-east-1', 'eu-west-1')],
    ['an express workflow', executionArn('run-1').replace(':execution:', ':express:')],
    ['a Map Run', executionArn('run-1').replace('reports-test', 'reports-test/collect')],
    ['no state machine at all', 'run-1'],
    ['something after other text', `x${executionArn('run-1')}`],
  ])('is refused if it is one of %s', async (_about, arn) => {
    await expect(read(arn)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: `${JSON.stringify(arn)} is not an execution of ${STATE_MACHINE}`,
    });
    expect(describeExecution).not.toHaveBeenCalled();
  });

  it.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE', undefined])(
    'is refused if its status is %s',
    async (status) => {
      describeExecution.mockResolvedValue({ status, startedAt });
      await expect(read(executionArn('run-1'))).rejects.toMatchObject({
        name: 'InvalidInput',
        message: expect.stringContaining(status ?? 'unknown') as string,
      });
    },
  );

  it('is refused if nobody says when it started', async () => {
    describeExecution.mockResolvedValue({ status: 'RUNNING', startedAt: undefined });
    await expect(read(executionArn('run-1'))).rejects.toThrow(InvalidInput);
  });

  it('is not believed if AWS Step Functions does not answer', async () => {
    describeExecution.mockRejectedValue(new Error('ExecutionDoesNotExist'));
    await expect(read(executionArn('run-1'))).rejects.toThrow('ExecutionDoesNotExist');
  });
});
