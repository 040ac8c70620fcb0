/** The message about a run that did not finish, made from the event of Step Functions. */
import { type EndedExecution, messagesAbout, statusRules } from '../../../local/engine/status-rules';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const stackIn = (region: string) => new SynthesizedStack({ region });
const stack = stackIn('us-east-1');
const name = 'iam-credential-reports-test';
const stateMachineArn = `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`;
const executionArn = `arn:aws:states:us-east-1:111111111111:execution:${name}:run`;
const failed: EndedExecution = { stateMachineArn, executionArn, status: 'FAILED', error: 'E', cause: 'C' };

/** What the rules of a stack send about an execution. */
const sent = (ended: EndedExecution, { json } = stack) =>
  messagesAbout(ended, statusRules(json.resource)).map(
    (message) => JSON.parse(message) as Record<string, string>,
  );

describe('the rule about failed runs', () => {
  it('sends the status, the error, its cause, how to redrive the run, and where to look', () => {
    expect(sent(failed)).toEqual([
      {
        message: 'test: the run of IAM credential reports did not finish: FAILED.',
        execution: executionArn,
        error: 'E',
        cause: 'C',
        next:
          'Remove the cause, then continue the run where it stopped, within 14 days: aws stepfunctions redrive-execution ' +
          `--region us-east-1 --execution-arn ${executionArn} (docs/operations.md, Redrive)`,
        console: `https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${executionArn}`,
      },
    ]);
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
    'sends one message about a run that is %s',
    (status) => {
      expect(sent({ ...failed, status })).toEqual([
        expect.objectContaining({
          message: `test: the run of IAM credential reports did not finish: ${status}.`,
        }),
      ]);
    },
  );

  it.each([
    ['a run that succeeded', { status: 'SUCCEEDED' } as const],
    ['a child execution of its Distributed Map', { stateMachineArn: `${stateMachineArn}/CollectReports` }],
    ['another state machine whose name begins like it', { stateMachineArn: `${stateMachineArn}-2` }],
    [
      'the state machine of another account',
      { stateMachineArn: stateMachineArn.replace(/1{12}/, '222222222222') },
    ],
  ])('sends nothing about %s', (_which, changed) => {
    expect(sent({ ...failed, ...changed })).toEqual([]);
  });

  it('passes a cause on as it is, with quotation marks and line breaks', () => {
    const cause = '{"errorType":"Error","trace":["Error: \\"x\\"\\n at <error>"]}\n\\';
    expect(sent({ ...failed, cause })).toEqual([expect.objectContaining({ error: 'E', cause })]);
  });

  it('leaves error and cause empty when a run was stopped without them', () => {
    expect(sent({ stateMachineArn, executionArn, status: 'ABORTED' })).toEqual([
      expect.objectContaining({ error: '', cause: '' }),
    ]);
  });

  it('fits its longest message into what SNS accepts, 256 KiB, and its template into 8,192 characters', () => {
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionFailedEventDetails.html
    const longest = { ...failed, error: '"'.repeat(256), cause: '\u0001'.repeat(32_768) };
    const [rule] = statusRules(stack.json.resource);
    expect(Buffer.byteLength(messagesAbout(longest, [rule!])[0]!)).toBeLessThan(262_144);
    expect(rule!.template.length).toBeLessThan(8_192);
  });

  it.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/states/home?region=us-gov-west-1#'],
    ['us-iso-east-1', undefined],
  ])('links to the console of %s', (region, link) => {
    const { json } = new SynthesizedStack({ region, roleDeployment: { kind: 'none' } });
    const [rule] = statusRules(json.resource);
    const [, found] = /"console":"([^#]*#)/.exec(rule!.template) ?? [];
    expect(found).toBe(link);
  });

  it('is a rule of the deployment whose only target is the topic', () => {
    expect(stack.resource('failed-runs/rule')).toMatchObject({ name: `${name}-failed-runs` });
    expect(stack.resource('failed-runs/target')).toMatchObject({
      rule: expect.stringMatching(
        /^\$\{aws_cloudwatch_event_rule\.[\w-]+_failed-runs_rule_\w+\.name\}$/,
      ) as string,
      arn: `arn:aws:sns:us-east-1:111111111111:${name}-alerts`,
    });
    expect(stack.resource('failed-runs/target').role_arn).toBeUndefined();
  });
});
