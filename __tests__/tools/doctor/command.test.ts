/** The command as users run it: options, output and exit codes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
const project = projectCopy(join(folder, 'project'), {
  production: {},
  staging: { alertEmails: ['security@example.com'], reportRoleName: 'staging-reader' },
});
/** Accepts requests and never answers. */
let silent: Server;

beforeAll(async () => {
  silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterAll(() => {
  silent.closeAllConnections();
  silent.close();
  remove();
});

function start(options: readonly string[], variables: Record<string, string> = {}) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const none = join(folder, 'none');
  return spawn(process.execPath, [...typescriptOptions, 'tools/doctor/main.ts', ...options], {
    cwd: project,
    env: {
      ...Object.fromEntries(own),
      AWS_CONFIG_FILE: none,
      AWS_SHARED_CREDENTIALS_FILE: none,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const run = (...options: string[]) => ended(start(options));

/** Packages aside: other commands keep caches among them. */
const filesOfProject = () =>
  readdirSync(project)
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => [
      name,
      ...(statSync(join(project, name)).isDirectory()
        ? readdirSync(join(project, name), { recursive: true })
        : []),
    ]);

describe('npm run doctor', () => {
  it('says without credentials what the files say, and ends with 1', async () => {
    const before = filesOfProject();
    expect(await run('production')).toEqual({
      status: 1,
      stdout: [
        'production: no account, Region us-east-1, unknown whether deployed',
        'warning  options        alertEmails is empty: nobody is told of accounts and runs that fail. Add an address, unless ' +
          'somebody subscribes to the topic in another way',
        '                        → Change environments/production.json',
        'warning  provider-lock  no version of the AWS provider is locked: each init takes the newest',
        '                        → npm run lock -- production',
        'problem  identity       no credentials in the environment or the default profile: sign in, for example with aws ' +
          'sso login, or set AWS_PROFILE to a profile that has credentials',
        '                        → Sign in, then run this again: the other checks need AWS',
        '2 warnings, 1 problem',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(filesOfProject()).toEqual(before);
  });

  it('prints the same as one JSON object', async () => {
    const { status, stdout } = await run('staging', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      environment: 'staging',
      region: 'us-east-1',
      account: null,
      deployed: null,
      findings: [
        { check: 'options', status: 'ok', text: 'nothing looks like a mistake' },
        {
          check: 'provider-lock',
          status: 'warning',
          text: 'no version of the AWS provider is locked: each init takes the newest',
          fix: 'npm run lock -- staging',
        },
        {
          check: 'identity',
          status: 'problem',
          text: expect.stringMatching(/^no credentials in the environment/) as string,
          fix: 'Sign in, then run this again: the other checks need AWS',
        },
      ],
      counts: { ok: 1, warning: 1, problem: 1, unknown: 0 },
      exitCode: 1,
    });
  });

  it('ends with 2 and one line for each mistake', async () => {
    expect(await run('prod', '--jsn')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "error: unknown option '--jsn'\n" +
        'error: there is no environment "prod": environments/ has production, staging; see npm run doctor -- --help\n',
    });
    expect((await run()).stderr).toBe(
      "error: missing required argument 'environment'; see npm run doctor -- --help\n",
    );
  });

  it('ends with 130 for Ctrl-C while AWS does not answer', async () => {
    const child = start(['production'], {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE000000000',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const end = ended(child);
    await once(silent, 'request');
    child.kill('SIGINT');
    expect(await end).toEqual({ status: 130, stdout: '', stderr: 'Interrupted\n' });
  });
});
