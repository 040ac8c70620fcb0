import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { execute, executionArn } from '../../../local/engine/workflow';
import { type Execution, statesService } from '../../../local/fake-aws/states-service';
import { inProcess } from '../../support/in-process-handler';

const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:reports';
const startDate = new Date('2026-11-22T08:00:00.123Z');
const arn = executionArn(MACHINE, 'run');
const executions = new Map<string, Execution>([[arn, { status: 'RUNNING', startDate }]]);

const sfn = new SFNClient({
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
  requestHandler: inProcess(
    'states',
    statesService((asked) => executions.get(asked)),
  ),
});
const describeExecution = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));

describe('Step Functions', () => {
  it('tells what is known of an execution, with its start to the millisecond', async () => {
    expect(await describeExecution(arn)).toMatchObject({
      executionArn: 'arn:aws:states:us-east-1:111111111111:execution:reports:run',
      stateMachineArn: MACHINE,
      name: 'run',
      status: 'RUNNING',
      startDate,
    });
  });

  it('knows no other execution, and no other kind of ARN', async () => {
    await expect(describeExecution(`${arn}-2`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(describeExecution(MACHINE)).rejects.toMatchObject({ name: 'InvalidArn' });
  });
});

describe('a workflow', () => {
  it('sees the ARN and the start that DescribeExecution tells', async () => {
    const seen = { 'id.$': '$$.Execution.Id', 'start.$': '$$.Execution.StartTime' };
    const definition = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', Parameters: seen, End: true } } };
    const result = await execute({
      stateMachine: { name: 'reports', arn: MACHINE, definition },
      execution: 'run',
      startTime: startDate,
      integrations: {
        'lambda:invoke': () => Promise.resolve({ Payload: {} }),
        'sns:publish': () => Promise.resolve({}),
      },
    });
    expect(result).toEqual({ status: 'SUCCEEDED', output: { id: arn, start: startDate.toISOString() } });
  });
});
