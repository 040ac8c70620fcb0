/** The command as users run it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, globSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../../local/typescript';
import { RunFolder } from '../../local/run-folder';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';
import { inTerminal } from '../support/pseudo-terminal';

const { folder, remove } = temporaryFolder();
afterAll(remove);
const project = projectCopy(join(folder, 'project'));

const command = [...typescriptOptions, 'local/main.ts'];

const local = (...options: string[]) => localIn(project, ...options);

function localIn(cwd: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...options], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run local', () => {
  it('ends its standard output with one JSON object when asked to', () => {
    const { status, stdout, stderr } = local(
      '--accounts',
      '5',
      '--denied',
      '1',
      '--seed',
      '7',
      '--out',
      join(folder, 'run'),
      '--json',
    );
    // An account failed.
    expect(status).toBe(3);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown> & {
      bucket: string;
      date: string;
    };
    expect(summary).toMatchObject({
      status: 'SUCCEEDED',
      accounts: 5,
      collected: 4,
      failed: 1,
      skipped: 0,
      seconds: expect.any(Number) as number,
      failures: [{ account: expect.stringMatching(/^\d{12}$/) as string, reason: 'denied' }],
    });
    expect(readdirSync(join(summary.bucket, summary.date))).toHaveLength(4);
    // Without a terminal, progress is shown in plain lines.
    expect(stderr).toMatch(/Every wait takes 0\.1 s in this run/);
    expect(stderr).toMatch(/Collecting: 5 of 5 accounts/);
  });

  it('makes a run fail at a state and redrives it, and says which functions ran again', () => {
    const options = ['--accounts', '3', '--redrive', 'SummarizeRun', '--out', join(folder, 'redriven')];
    const { status, stdout } = local(...options);
    expect(status).toBe(0);
    expect(stdout).toMatch(/"error":"BrokenOnPurpose"/);
    expect(stdout).toMatch(/^Failed at SummarizeRun and redriven there, by a model of what AWS does\./m);
    expect(stdout).toMatch(/-list-accounts +1 +0\n.*-collect-reports +[1-9] +0\n.*-summarize-run +3 +1\n/);
  });

  it('says that a run did not reach the state at which it should fail', () => {
    const options = ['--accounts', '2', '--redrive', 'PublishDigest', '--out', join(folder, 'not-reached')];
    const { status, stdout } = local(...options);
    expect(status).toBe(0);
    expect(stdout).toContain('The run did not reach PublishDigest: no digest was due. Add --denied 1\n');
  });

  it('refuses to deny lists of service-specific credentials that the environment does not make', () => {
    const out = join(folder, 'no-lists');
    const { status, stdout, stderr } = local('--lists-denied', '1', '--out', out);
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: --lists-denied: the environment lists no service-specific credentials. Set "serviceCredentials": true in its file, or leave the option out\n',
    );
    expect(stdout).not.toContain('Listed');
  });

  it('simulates the organizational units whose accounts the environment collects, and others', () => {
    const roleDeployment = { kind: 'stack-set', targets: ['ou-ab12-abcdefgh'] };
    const pilot = projectCopy(join(folder, 'pilot'), { production: { roleDeployment } });
    const options = ['--accounts', '12', '--out', join(folder, 'pilot-run'), '--json'];
    const { status, stdout } = localIn(pilot, ...options);
    expect(status).toBe(0);
    const { collected, skipped } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
    expect(collected).toBeGreaterThan(1);
    expect(skipped).toBeGreaterThan(1);
  });

  it.each([
    ['0 when every expected account was collected', ['--suspended', '1'], 0],
    ['3 when accounts failed', ['--denied', '1'], 3],
    ['3 when every account failed', ['--denied', '3', '--fail-on', 'low'], 3],
    ['4 when there are findings that --fail-on asks for', ['--denied', '1', '--fail-on', 'low'], 4],
  ])('ends with %s', (_when, options, code) => {
    expect(local('--accounts', '3', '--out', join(folder, 'codes'), ...options).status).toBe(code);
  });

  it('ends with 1 and one line when another run uses the folder', () => {
    const out = join(folder, 'in-use');
    const other = RunFolder.open(out);
    try {
      const { status, stdout, stderr } = local('--out', out);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^error: Another local run \(process \d+ on .*\) uses .*\n$/);
    } finally {
      other.close();
    }
  });

  it('writes what only its user can read, whatever its folder and the umask are', () => {
    const out = join(folder, 'readable');
    mkdirSync(out);
    chmodSync(out, 0o755);
    const umask = process.umask(0);
    try {
      expect(local('--accounts', '3', '--out', out).status).toBe(0);
    } finally {
      process.umask(umask);
    }
    const written = readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(written).toContainEqual(expect.stringMatching(/credentialReport_\d+\.csv$/));
    expect(written.filter((path) => (statSync(join(out, path)).mode & 0o077) !== 0)).toEqual([]);
  });

  it.each([
    ['standard output', 'stdout', []],
    ['standard error', 'stderr', ['--json']],
  ] as const)('collects to the end when nobody reads its %s any more', async (_which, stream, options) => {
    const out = join(folder, stream);
    const run = spawn(process.execPath, [...command, '--accounts', '3', '--out', out, ...options], {
      cwd: project,
    });
    let said = '';
    const other = stream === 'stdout' ? 'stderr' : 'stdout';
    run[other].on('data', (text: Buffer) => (said += text.toString()));
    const closed = once(run, 'close');
    await once(run[stream], 'data');
    run[stream].destroy();
    expect(await closed).toEqual([0, null]);
    expect(globSync('*/manifests/*/00000001.json', { cwd: out })).toHaveLength(1);
    if (stream === 'stdout') expect(said).toBe('');
    else expect(JSON.parse(said)).toMatchObject({ complete: true });
  });

  it.each([
    ['of 20 columns', 20, {}],
    ['that has no size', 0, {}],
    ['without colors', 80, { NO_COLOR: '1' }],
  ])('fits its progress into a terminal %s', async (_which, columns, env) => {
    const options = ['--accounts', '3', '--out', join(folder, `columns-${columns}`)];
    const run = await inTerminal([process.execPath, ...command, ...options], { cwd: project, columns, env });
    expect(run).toMatchObject({ code: 0, cursor: 'visible', wrap: 'on' });
    const [bar = ''] = /Collecting 3 of 3 accounts, \ds [=]*/.exec(run.printed) ?? [];
    expect(bar).not.toBe('');
    // The text comes first: where the line is cut, the bar is.
    expect(bar.length).toBeLessThan(columns === 20 ? 32 : 80);
    expect(run.printed).not.toMatch(/\u001b\[[0-9;]*m/);
  });

  it('shows plain lines in a terminal that knows no control sequences', async () => {
    const options = ['--accounts', '3', '--out', join(folder, 'dumb')];
    const run = await inTerminal([process.execPath, ...command, ...options], {
      ...{ cwd: project, env: { TERM: 'dumb' } },
    });
    expect(run.printed).toContain('Collecting: 3 of 3 accounts\r\n');
    expect(run.printed).not.toContain('\u001b');
  });

  it.each(['-h', '--help'])('explains every option for %s', (flag) => {
    const { status, stdout } = local(flag);
    expect(status).toBe(0);
    for (const option of [
      '--accounts <n>',
      '--seed <n>',
      '--denied <n>',
      '--slow <n>',
      '--never-ready <n>',
      '--throttled <n>',
      '--suspended <n>',
      '--users <n>',
      '--out <dir>',
      '--json',
      '--organization <kind>',
      '--role-name <name>',
      '--wait-seconds <s>',
      '--redrive <state>',
      '--environment <name>',
    ]) {
      expect(stdout).toMatch(new RegExp(`${option} +\\S.*`));
    }
  });

  it.each([
    [['--accounts', 'many'], "argument 'many' is invalid"],
    [['--accounts', '0'], 'from 1 to 50000'],
    [['--wait-seconds', '-1'], 'from 0 to'],
    [['--bogus'], "unknown option '--bogus'"],
    [['something'], 'too many arguments'],
    [['--denied', '20', '--slow', '6'], 'add up to 26 accounts, but --accounts is 25'],
    [
      ['--denied', '20', '--suspended', '2', '--lists-denied', '4'],
      '--lists-denied is 4, but only 3 accounts can be asked for the list',
    ],
    [['--organization', 'aws', '--never-ready', '1'], '--never-ready cannot be used with --organization aws'],
    [
      ['--organization', 'aws', '--redrive', 'SummarizeRun'],
      '--redrive cannot be used with --organization aws',
    ],
    [['--redrive', 'CollectReports'], 'Allowed choices are ListAccounts, SummarizeRun, PublishDigest'],
    [['--role-name', 'x'], '--role-name cannot be used with --organization embedded'],
    [['--environment', 'nowhere'], 'there is no environment "nowhere"'],
    [['--out', 'package.json/run'], '--out must be a folder, but '],
    [['--out', ''], "'--out <dir>' argument '' is invalid. It must be the path of a folder"],
  ])('refuses %j with code 2 and one line that points to --help', (options, message) => {
    const { status, stdout, stderr } = local(...options);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/; see npm run local -- --help\n$/);
    expect(stdout).not.toContain('Listed');
  });
});
