/** The model of a redrive, and executions with any input. */
import type { Integrations } from '../../../local/engine/prepared-definition';
import { type ExecutionResult, execute } from '../../../local/engine/workflow';
import { stateMachine } from '../../../tools/faults/state-machine';

const run = { run: 'r', ledger: 'l', nonce: 'n', expected: 1, skipped: 0, batches: [1, 2] };
const summary = { publish: true, digest: { subject: 's', message: 'm' } };
const answers: Record<string, unknown> = {
  'list-accounts': run,
  'collect-reports': { pending: 0, waitSeconds: 0, waited: 0, decided: 1 },
  'summarize-run': summary,
};

/** Integrations that count calls; those in `failing` fail. */
function counting(failing: readonly string[] = []) {
  const calls: Record<string, number> = {};
  const call = (name: string, answer: unknown) => {
    calls[name] = (calls[name] ?? 0) + 1;
    if (failing.includes(name)) throw Object.assign(new Error('on purpose'), { name: 'OnPurpose' });
    return Promise.resolve(answer);
  };
  const integrations: Integrations = {
    'lambda:invoke': async ({ FunctionName }) => {
      const name = Object.keys(answers).find((one) => FunctionName.includes(one)) ?? '';
      return { Payload: await call(name, answers[name]) };
    },
    'sns:publish': async () => call('topic', {}),
  };
  return { calls, integrations };
}

const { rules: _, ...machine } = stateMachine();
const props = { stateMachine: machine, execution: 'run', waitSeconds: 0 };

const failedStateOf = (result: ExecutionResult) =>
  result.status === 'FAILED' ? result.failedState : undefined;

describe('a run that failed', () => {
  it.each([
    [
      'list-accounts',
      'ListAccounts',
      { 'list-accounts': 1, 'collect-reports': 2, 'summarize-run': 1, topic: 1 },
    ],
    ['summarize-run', 'SummarizeRun', { 'summarize-run': 1, topic: 1 }],
    ['topic', 'PublishDigest', { topic: 1 }],
  ])(
    'because of %s continues at %s when it is redriven, and repeats nothing before it',
    async (failing, state, since) => {
      const first = await execute({ ...props, integrations: counting([failing]).integrations });
      expect(first).toMatchObject({ status: 'FAILED', error: 'OnPurpose', failedState: { name: state } });
      const again = counting();
      const redriven = await execute({
        ...props,
        integrations: again.integrations,
        redriveFrom: failedStateOf(first)!,
      });
      expect(redriven.status).toBe('SUCCEEDED');
      expect(again.calls).toEqual(since);
    },
  );

  it('can fail at the same state again, and be redriven again', async () => {
    const { integrations } = counting(['summarize-run']);
    const first = await execute({ ...props, integrations });
    const second = await execute({ ...props, integrations, redriveFrom: failedStateOf(first)! });
    expect(second).toEqual(first);
  });
});

describe('whatever its input is, an execution', () => {
  const inputs: [string, unknown][] = [
    ['a list', [1, 2]],
    ['text', 'text'],
    ['null', null],
    ['a number', 7],
    ['262,144 bytes', { text: 'x'.repeat(262_144 - '{"text":""}'.length) }],
    ['fields that states use', { batches: [9], run: 'other', error: { Error: 'forged' }, publish: true }],
  ];

  it.each(inputs)('runs as with none: %s', async (_which, input) => {
    const { calls, integrations } = counting();
    expect(await execute({ ...props, integrations, input })).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls).toEqual({ 'list-accounts': 1, 'collect-reports': 2, 'summarize-run': 1, topic: 1 });
  });

  it.each(inputs)('fails with the error of its function: %s', async (_which, input) => {
    const { integrations } = counting(['list-accounts']);
    expect(await execute({ ...props, integrations, input })).toEqual({
      status: 'FAILED',
      error: 'OnPurpose',
      cause: 'on purpose',
      failedState: { name: 'ListAccounts', input },
    });
  });
});
