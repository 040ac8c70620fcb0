/** Where the interpreter of the library is less strict than Step Functions. */
import { execute } from '../../../local/engine/workflow';
import type { WorkflowDefinition } from '../../../local/engine/workflow-definition';

const stateMachine = { name: 'test', arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:test' };

/** Executes a definition whose functions all answer the same. */
async function ended(definition: WorkflowDefinition, answer: unknown) {
  let invocations = 0;
  const result = await execute({
    stateMachine: { ...stateMachine, definition },
    execution: 'run',
    integrations: {
      'lambda:invoke': () => {
        invocations += 1;
        return Promise.resolve({ Payload: answer });
      },
      'sns:publish': () => Promise.resolve({}),
    },
    waitSeconds: 0,
  });
  return { ...result, invocations };
}

const invoke = (Payload: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'function', Payload },
  OutputPath: '$.Payload',
});

describe('A task', () => {
  const retried = (payload?: object): WorkflowDefinition => ({
    StartAt: 'Invoke',
    States: {
      Invoke: { ...invoke(payload), Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }], End: true },
    },
  });
  /** Of the result, besides the text: `{"Payload":""}`. */
  const ENVELOPE = 14;
  const LIMIT = 262_144;

  it('may pass 256 KiB', async () => {
    const text = 'x'.repeat(LIMIT - ENVELOPE);
    await expect(ended(retried(), text)).resolves.toEqual({
      status: 'SUCCEEDED',
      output: text,
      invocations: 1,
    });
  });

  it('fails the execution without a retry if its result is larger', async () => {
    await expect(ended(retried(), 'x'.repeat(LIMIT - ENVELOPE + 1))).resolves.toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: 'The result of state Invoke has 262145 bytes; the limit is 262144 bytes',
      invocations: 1,
    });
  });

  it('fails before the call if its input is larger, in bytes and not in characters', async () => {
    await expect(ended(retried({ text: 'é'.repeat(LIMIT / 2) }), {})).resolves.toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: expect.stringMatching(/^The input of state Invoke/) as string,
      invocations: 0,
    });
  });
});

describe('A comparison', () => {
  const choosing = (rule: object): WorkflowDefinition => ({
    StartAt: 'Invoke',
    States: {
      Invoke: { ...invoke(), Next: 'Choose' },
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Chosen' }], Default: 'NotChosen' },
      Chosen: { Type: 'Pass', Result: 'chosen', End: true },
      NotChosen: { Type: 'Pass', Result: 'not chosen', End: true },
    },
  });
  const more = { Variable: '$.value', NumericGreaterThan: 0 };
  const before = { Variable: '$.value', StringLessThan: 'z' };

  it.each([
    ['a number', more, 1, 'chosen'],
    ['a text with a number', more, '1', 'not chosen'],
    ['a text with a number, negated', { Not: more }, '1', 'chosen'],
    ['a text with a number, with another condition', { And: [more, more] }, '1', 'not chosen'],
    ['a text with a number, as one of two', { Or: [before, more] }, '1', 'chosen'],
    ['a text', before, 'a', 'chosen'],
    ['true with a text', before, true, 'not chosen'],
    ['a boolean', { Variable: '$.value', BooleanEquals: true }, true, 'chosen'],
    ['presence', { Variable: '$.value', IsPresent: true }, 'any', 'chosen'],
  ])('of %s', async (_about, rule, value, output) => {
    await expect(ended(choosing(rule), { value })).resolves.toMatchObject({ status: 'SUCCEEDED', output });
  });
});
