/** The command as users run it, in a copy of the project, after a run of the collection on this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { s3Service } from '../../../local/fake-aws/s3/s3-service';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { ServiceError } from '../../../local/fake-aws/service';
import { stsService } from '../../../local/fake-aws/sts-service';
import { typescriptOptions } from '../../../local/typescript';
import { parseOptions } from '../../../tools/report/options';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';
import { inTerminal } from '../../support/pseudo-terminal';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
const project = projectCopy(join(folder, 'project'), {
  production: {},
  staging: { reportRoleName: 'staging-reader', bucket: { kind: 'new', name: 'no-such-bucket' } },
});
const organization = organizationOf({ accounts: 3, seed: 1, denied: 1 });
const account = organization.accounts[0]!.id;
const bucket = `iam-cr-production-${account}-us-east-1-an`;
const stored = join(folder, 'stored');
let endpoint: LocalEndpoint;
/** Accepts requests and never answers. */
let silent: Server;
let date: string;

beforeAll(async () => {
  const options = ['--accounts', '3', '--denied', '1', '--environment', 'production', '--out', stored];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...typescriptOptions, 'local/main.ts', ...options],
    { cwd: project, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  date = readdirSync(join(stored, bucket, 'organization'))[0]!;
  const s3 = s3Service(stored, { owner: account, requireOwner: false });
  endpoint = await LocalEndpoint.start({
    sts: stsService(organization),
    s3: (request) => {
      if (request.url.pathname.startsWith('/no-such-bucket'))
        throw new ServiceError(404, 'NoSuchBucket', 'The specified bucket does not exist');
      return s3(request);
    },
  });
  silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
});

afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await endpoint.stop();
  remove();
});

const variables = (url = endpoint.url) => ({
  ...credentialVariables(),
  AWS_ENDPOINT_URL: url,
  AWS_CONFIG_FILE: join(folder, 'none'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
});

function start(options: readonly string[], url?: string) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return spawn(process.execPath, [...typescriptOptions, 'tools/report/main.ts', ...options], {
    cwd: project,
    env: { ...Object.fromEntries(own), ...variables(url) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const run = (...options: string[]) => ended(start(options));

describe('npm run report', () => {
  it('fetches the newest day into a private folder that Git ignores, and prints where its page is', async () => {
    const { status, stdout, stderr } = await run('production');
    const page = `reports/production/${date}/index.html`;
    expect({ status, stderr, lines: stdout.split('\n') }).toEqual({
      ...{ status: 0, stderr: '' },
      lines: [
        expect.stringMatching(
          `^production ${date}: 5 files, 0\\.\\d MiB, as recorded by the run of ${date}T.*Z \\(local-\\w+\\), not signed$`,
        ),
        'THE RUN IS NOT COMPLETE: 1 of 3 accounts failed',
        page,
        '',
      ],
    });
    expect(readFileSync(join(project, page))).toEqual(
      readFileSync(join(stored, bucket, 'organization', date, 'index.html')),
    );
    expect(statSync(join(project, page)).mode & 0o777).toBe(0o600);
    expect(statSync(join(project, 'reports')).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(project, 'reports/.gitignore'), 'utf8')).toMatch(/^\*$/m);
  });

  it('stores it beside the reports of the mutation tests, which Git ignores too', async () => {
    rmSync(join(project, 'reports/.gitignore'));
    mkdirSync(join(project, 'reports/mutation'));
    expect((await run('production')).status).toBe(0);
  });

  it('stores it elsewhere with --out, and prints the whole path', async () => {
    const out = join(folder, 'elsewhere');
    const { status, stdout } = await run('production', date, '--out', out);
    expect([status, stdout.split('\n').at(-2)]).toEqual([0, join(out, 'production', date, 'index.html')]);
  });

  // Elsewhere it would open the browser of whoever runs the tests.
  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('opens the page in the browser from a terminal, unless told not to', async () => {
    const [browser, opened] = [join(folder, 'browser'), join(folder, 'opened')];
    writeFileSync(browser, `#!/bin/sh\necho "$1" >> ${opened}\n`);
    chmodSync(browser, 0o755);
    const command = [process.execPath, ...typescriptOptions, 'tools/report/main.ts', 'production'];
    // xdg-open starts this browser where it finds no desktop.
    const desktop = {
      XDG_CURRENT_DESKTOP: '',
      DESKTOP_SESSION: '',
      GNOME_DESKTOP_SESSION_ID: '',
      KDE_FULL_SESSION: '',
    };
    const env = { ...variables(), ...desktop, BROWSER: browser, DISPLAY: ':99', CI: '' };
    const unopened = await inTerminal([...command, '--no-open', '--out', join(folder, 'unopened')], {
      cwd: project,
      env,
    });
    expect(unopened.code).toBe(0);
    const { code } = await inTerminal(command, { cwd: project, env });
    expect(code).toBe(0);
    for (let wait = 0; wait < 200 && !(existsSync(opened) && statSync(opened).size > 0); wait++)
      await pause(50);
    // The first line: the command before opened nothing.
    expect(readFileSync(opened, 'utf8')).toBe(`${join(project, `reports/production/${date}/index.html`)}\n`);
  });

  it('ends with 1, with every problem and what to do, if something is not as recorded', async () => {
    const day = join(stored, bucket, 'organization', date, 'index.html');
    const before = readFileSync(day);
    writeFileSync(day, before.toString().replace('<h1>', '<h2>'));
    const result = await run('production', date, '--out', join(folder, 'refused'));
    writeFileSync(day, before);
    expect(result).toEqual({
      ...{ status: 1, stdout: '' },
      stderr: expect.stringMatching(
        new RegExp(
          `^altered     organization/${date}/index.html: its SHA-256 is \\w{64}, not \\w{64}\n` +
            'error: not as recorded, so nothing was opened or replaced; see what else is not: ' +
            `npm run verify -- s3://${bucket}/ --environment production --from ${date} --to ${date}\n$`,
        ),
      ) as string,
    });
    expect(readdirSync(join(folder, 'refused/production'))).toEqual([]);
  });

  it('ends with 1 and one line for a day without a run', async () => {
    expect(await run('production', '2026-01-01')).toEqual({
      ...{ status: 1, stdout: '' },
      stderr: `error: production has no finished run of 2026-01-01; the nearest day that has one is ${date}\n`,
    });
  });

  it('ends with 1 and what to do for a bucket that is not there', async () => {
    expect(await run('staging')).toEqual({
      ...{ status: 1, stdout: '' },
      stderr:
        'error: there is no bucket no-such-bucket: deploy staging, or sign in to the account of the bucket; a name that ' +
        'nobody chose has the ID of that account\n',
    });
  });

  it('ends with 130 for Ctrl-C while AWS does not answer', async () => {
    const child = start(['production'], `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const end = ended(child);
    await once(silent, 'request');
    child.kill('SIGINT');
    expect(await end).toEqual({ status: 130, stdout: '', stderr: 'Interrupted: nothing was replaced\n' });
  });
});

describe('wrong usage of npm run report', () => {
  it('names every mistake at once', () => {
    let printed = '';
    const exit = (code: number): never => {
      throw new Error(`exit ${code}`);
    };
    const terminal = { out: () => undefined, err: (line: string) => void (printed += line), exit };
    const argv = ['no-such', '2026-02-30', '--out', 'tools', '--opn'];
    expect(() => parseOptions(argv, terminal)).toThrow('exit 2');
    expect(printed.split('\n')).toEqual([
      "error: unknown option '--opn'",
      expect.stringMatching(/^error: there is no environment "no-such": environments\/ has .*production/),
      'error: 2026-02-30 is not a date of the form YYYY-MM-DD',
      expect.stringMatching(
        /^error: --out must be a new or empty folder if it is in this project, but .*tools has other files; .*; see npm run report -- --help$/,
      ),
      '',
    ]);
  });

  it('is none of a name, a day and a folder', () => {
    expect(parseOptions(['production'])).toEqual({
      ...{ environment: 'production', date: undefined, out: 'reports', open: true },
    });
    expect(parseOptions(['production', '2026-02-28', '--no-open', '--out', 'reports/audit'])).toEqual({
      ...{ environment: 'production', date: '2026-02-28', out: 'reports/audit', open: false },
    });
  });
});
