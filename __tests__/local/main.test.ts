/** The command as users run it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../../local/typescript';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);
const project = projectCopy(join(folder, 'project'));

function local(...options: string[]) {
  const command = [...typescriptOptions, 'local/main.ts', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
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
    [['--organization', 'aws', '--never-ready', '1'], '--never-ready cannot be used with --organization aws'],
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
