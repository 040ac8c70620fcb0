/** `npm run verify:teststate` as users run it, against a server that stands for TestState. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestStateInput, TestStateOutput } from '@aws-sdk/client-sfn';
import type { State, WorkflowDefinition } from '../../../local/engine/workflow-definition';
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { type Service, ServiceError } from '../../../local/fake-aws/service';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { localVerdict } from '../../../tools/teststate/local-verdict';
import type { Mock } from '../../../tools/teststate/state-case';
import { projectCopy } from '../../support/project-copy';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const project = projectCopy(join(folder, 'project'));

/** Runs the command; without a service nothing answers. Ctrl-C when the first request comes, if it is interrupted. */
async function run(options: readonly string[], states?: Service, isInterrupted = false) {
  const interrupting: Service = (request) => {
    if (isInterrupted) child.kill('SIGINT');
    return states!(request);
  };
  const endpoint = states && (await LocalEndpoint.start({ states: interrupting }));
  const child = spawn(process.execPath, [...typescriptOptions, 'tools/teststate/main.ts', ...options], {
    cwd: project,
    env: {
      PATH: process.env.PATH,
      ...credentialVariables(),
      ...(endpoint && { AWS_ENDPOINT_URL_SFN: endpoint.url }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = await ended(child);
  await endpoint?.stop();
  return end;
}

/** Says of each request what the local interpreter says, from what is in the request alone. */
const testState =
  (change: (output: TestStateOutput, input: TestStateInput) => TestStateOutput): Service =>
  async ({ headers, body }) => {
    expect(headers['x-amz-target']).toBe('AWSStepFunctions.TestState');
    const request = JSON.parse(body.toString()) as TestStateInput;
    const { stateName = '', input = '', mock, context, roleArn, stateConfiguration = {} } = request;
    const { definition, state } = found(
      JSON.parse(request.definition ?? '') as WorkflowDefinition,
      stateName,
    );
    // What AWS refuses.
    if (!['Task', 'Map'].includes(state.Type)) expect({ mock, context }).toEqual({});
    else expect({ mock: mock !== undefined, roleArn }).toEqual({ mock: true });
    const { Execution } = JSON.parse(context ?? '{}') as { Execution?: { Id: string } };
    const [arn = '', name = ''] = /^(.*):execution:([^:]*)/.exec(Execution?.Id ?? '')?.slice(1) ?? [];
    const { status, nextState, output, error, cause } = await localVerdict(
      {
        ...{ definition, name: stateName, state, input: JSON.parse(input) as unknown, about: '' },
        ...(mock && { mock: mockOf(mock, stateConfiguration.retrierRetryCount) }),
      },
      { name, arn: `${arn}:stateMachine:${name}` },
    );
    const answer = { status, nextState, error, cause, output: JSON.stringify(output) };
    return { status: 200, body: JSON.stringify(change(answer, request)) };
  };

function mockOf(mock: NonNullable<TestStateInput['mock']>, retries = 0): Mock {
  const { result, errorOutput } = mock;
  if (result !== undefined) return { result: JSON.parse(result) as unknown };
  return { error: errorOutput?.error ?? '', cause: errorOutput?.cause ?? '', retries };
}

/** A state, also one of the children. */
function found(
  definition: WorkflowDefinition,
  name: string,
): { definition: WorkflowDefinition; state: State } {
  const state = definition.States[name];
  if (state) return { definition, state };
  const [map] = Object.values(definition.States).filter(({ ItemProcessor }) => ItemProcessor);
  return found(map!.ItemProcessor as WorkflowDefinition, name);
}

describe('npm run verify:teststate', () => {
  it('prints a line for each state, and ends with 0 if AWS agrees', async () => {
    const { status, stdout, stderr } = await run(
      ['production'],
      testState((output) => output),
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^ok {7}ListAccounts \(7 cases\)\n/);
    expect(stdout).toMatch(/^ok {7}WaitForTurn \(1 case\)\n/m);
    expect(stdout).toMatch(
      /^\d+ states, \d+ cases: AWS in us-east-1 and the local interpreter agree on every state\n$/m,
    );
    expect(stdout).not.toContain('problem');
    expect(status).toBe(0);
  });

  it('says what differs, and ends with 1', async () => {
    const service = testState((output, { stateName }) =>
      stateName === 'DigestDue?' ? { ...output, nextState: 'Elsewhere' } : output,
    );
    const { status, stdout } = await run(['production'], service);
    expect(stdout.match(/^problem.*\n(?: {11}.*\n)*/gm)).toEqual([
      'problem  DigestDue? (2 cases)\n' +
        '           a digest: nextState is "Elsewhere" on AWS, "PublishDigest" locally\n' +
        '           no digest: nextState is "Elsewhere" on AWS, "RunSucceeded" locally\n',
    ]);
    expect(stdout).toMatch(/ differ on 1 of them\n$/);
    expect(status).toBe(1);
  });

  it('says why AWS cannot be asked, in one line', async () => {
    const denied: Service = () => {
      throw new ServiceError(
        400,
        'AccessDeniedException',
        'User x is not authorized to perform: states:TestState',
      );
    };
    await expect(run(['production'], denied)).resolves.toEqual({
      status: 1,
      stdout: '',
      stderr: 'error: User x is not authorized to perform: states:TestState\n',
    });
  });

  it('ends at once at Ctrl-C', async () => {
    const silent: Service = () => ({ status: 200, connection: 'silent' });
    await expect(run(['production'], silent, true)).resolves.toEqual({
      status: 130,
      stdout: '',
      stderr: 'Interrupted: not every state was tested\n',
    });
  });

  it.each([
    [[], "error: missing required argument 'environment'; see npm run verify:teststate -- --help\n"],
    [
      ['staging', '--json'],
      "error: unknown option '--json'\n" +
        'error: there is no environment "staging": environments/ has production; see npm run verify:teststate -- --help\n',
    ],
  ])('refuses %j', async (options, stderr) => {
    await expect(run(options)).resolves.toEqual({ status: 2, stdout: '', stderr });
  });
});
