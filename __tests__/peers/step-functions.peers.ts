/** The synthesized definition with the real bundles, executed by the local interpreter and by that of LocalStack. */
import { join } from 'node:path';
import type { Integrations } from '../../local/engine/prepared-definition';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import type { Services } from '../../local/fake-aws/server';
import { ServiceError } from '../../local/fake-aws/service';
import { Synthesis } from '../../local/synthesis';
import { temporaryFolder } from '../../tools/support/embedded';
import { type Scenario, runScenario } from '../support/localstack/compared-run';
import { LocalStackEngine } from '../support/localstack/localstack-engine';
import { type Engine, localEngine } from '../support/localstack/observed-engine';
import { projectCopy } from '../support/project-copy';

const WAIT_SECONDS = 0.05;

const { folder, remove } = temporaryFolder();
let synthesis: Synthesis;
let localStack: LocalStackEngine;

beforeAll(async () => {
  [synthesis, localStack] = await Promise.all([
    Synthesis.make({ project: projectCopy(join(folder, 'project')) }),
    LocalStackEngine.start(WAIT_SECONDS),
  ]);
});

afterAll(async () => {
  await localStack.stop();
  synthesis.remove();
  remove();
});

/** What both interpreters say of a run. */
async function agreedRun(scenario: Scenario) {
  const run = (engine: typeof localEngine, place: string) =>
    runScenario(scenario, engine, {
      stackFile: synthesis.fileOf('production'),
      folder: join(folder, scenario.name, place),
      waitSeconds: WAIT_SECONDS,
    });
  const [here, there] = await Promise.all([
    run(localEngine, 'here'),
    run((props) => localStack.execute(props), 'there'),
  ]);
  expect(here).toEqual(there);
  return there;
}

const invocations = ({ received }: { received: string[] }, name: string) =>
  received.filter((event) => event.includes(`"${name}"`)).length;

const denied = (services: Services): Services => ({
  ...services,
  organizations: () => {
    throw new ServiceError(400, 'AccessDeniedException', 'User: "collector" is not authorized');
  },
});

describe('Both interpreters execute the same', () => {
  it('in a run with slow and denied accounts', async () => {
    const run = await agreedRun({ name: 'normal', organization: { slow: 2, denied: 1 } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', children: { succeeded: 3, failed: 0 } });
    expect(run.summarized!.manifest.totals).toMatchObject({ collected: 5, failed: 1 });
    // The slow reports are ready while the invocations of their batches wait for them.
    expect(invocations(run, 'collect-reports')).toBe(3);
  });

  it('in a run that waits for an account for which IAM throttles', async () => {
    const run = await agreedRun({ name: 'throttled', organization: { throttled: 1 } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', children: { succeeded: 3, failed: 0 } });
    expect(run.summarized!.manifest.totals).toMatchObject({ collected: 6, failed: 0 });
    // The state machine waits, not the function, so each poll of the account is another invocation.
    expect(invocations(run, 'collect-reports')).toBeGreaterThan(4);
  });

  it('if every invocation for the batches fails', async () => {
    const crash = {
      function: 'collect-reports',
      kind: 'crash',
      after: 0,
      times: Infinity,
      requests: 0,
    } as const;
    const run = await agreedRun({ name: 'batch-fails', faults: [crash] });
    expect(run).toMatchObject({ status: 'SUCCEEDED', children: { succeeded: 0, failed: 3 } });
    expect(run.summarized!.manifest.failures).toEqual([{ reason: 'batch-failed', accounts: 6 }]);
    expect(invocations(run, 'collect-reports')).toBe(9);
  });

  it('if invocations are throttled and a function fails twice', async () => {
    const throttled = {
      function: 'collect-reports',
      kind: 'refused',
      after: 0,
      times: 4,
      requests: 0,
    } as const;
    const crash = { function: 'summarize-run', kind: 'crash', after: 0, times: 2, requests: 0 } as const;
    const run = await agreedRun({
      name: 'retries',
      organization: { accounts: 2 },
      faults: [throttled, crash],
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', children: { succeeded: 1, failed: 0 } });
    // Four are throttled; one requests the reports, and gets them.
    expect(invocations(run, 'collect-reports')).toBe(5);
    expect(invocations(run, 'summarize-run')).toBe(3);
  });

  it('if the accounts cannot be listed', async () => {
    const run = await agreedRun({ name: 'listing-denied', change: denied });
    expect(run).toMatchObject({ status: 'FAILED', error: 'AccessDeniedException' });
    expect(invocations(run, 'list-accounts')).toBe(3);
  });

  it('if a function always times out', async () => {
    const timeout = {
      function: 'summarize-run',
      kind: 'out-of-time',
      after: 0,
      times: Infinity,
      requests: 0,
    } as const;
    const run = await agreedRun({ name: 'timeouts', faults: [timeout] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout' });
    expect(invocations(run, 'summarize-run')).toBe(3);
  });

  it('if there is nothing to collect', async () => {
    const run = await agreedRun({ name: 'nothing', organization: { accounts: 2, suspended: 2 } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', children: { succeeded: 0, failed: 0 } });
    expect(run.received).toHaveLength(2);
  });
});

describe('Both interpreters', () => {
  /** Executes a small definition whose functions all answer the same. */
  async function agreedResult(name: string, definition: WorkflowDefinition, answer: unknown) {
    const arn = `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`;
    const run = async (engine: Engine) => {
      const integrations: Integrations = {
        'lambda:invoke': () => Promise.resolve({ Payload: answer }),
        'sns:publish': () => Promise.resolve({}),
      };
      const { cause: _, ...result } = {
        cause: '',
        ...(await engine({
          stateMachine: { name, arn, definition },
          execution: 'run',
          integrations,
          waitSeconds: WAIT_SECONDS,
        })),
      };
      return result;
    };
    const there = await run((props) => localStack.execute(props));
    await expect(run(localEngine)).resolves.toEqual(there);
    return there;
  }

  const invoke = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'function', Payload: {} },
    OutputPath: '$.Payload',
  };

  it('fail an execution that passes more than 256 KiB', async () => {
    const definition = { StartAt: 'Invoke', States: { Invoke: { ...invoke, End: true } } };
    await expect(agreedResult('too-large', definition, 'x'.repeat(262_144))).resolves.toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  it('do not compare a text as a number', async () => {
    const Choices = [{ Variable: '$.value', NumericGreaterThan: 0, Next: 'Greater' }];
    const definition = {
      StartAt: 'Invoke',
      States: {
        Invoke: { ...invoke, Next: 'Compare' },
        Compare: { Type: 'Choice', Choices, Default: 'Other' },
        Greater: { Type: 'Succeed' },
        Other: { Type: 'Succeed' },
      },
    };
    const { states } = await agreedResult('text', definition, { value: '1' });
    expect(states).toEqual(['Invoke', 'Compare', 'Other']);
  });
});
