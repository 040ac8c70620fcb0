/** What `npm run synth` writes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../local/typescript';
import { temporaryFolder } from '../tools/support/embedded';
import { projectCopy } from './support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const copyOfProject = (name: string) => projectCopy(join(folder, name));

function synth(project: string, environment: Record<string, string> = {}, args: readonly string[] = []) {
  return spawnSync(process.execPath, [...typescriptOptions, 'main.ts', ...args], {
    cwd: project,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
}

/** Every file below a folder: zips by their hash, the rest but for the path of the local backend, which is absolute. */
function contents(below: string, project: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(below, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(below, file)).isFile())
      .map((file) => {
        const content = readFileSync(join(below, file));
        const shown = file.endsWith('.zip')
          ? createHash('sha256').update(content).digest('hex')
          : content.toString().replaceAll(project, 'PROJECT');
        return [file, shown];
      }),
  );
}

/** What is told of an environment without recipients, as the one in the repository. */
const NOBODY_IS_TOLD =
  'warning: production: alertEmails is empty: nobody is told of accounts and runs that fail. Add an address, unless somebody ' +
  'subscribes to the topic in another way\n';
const alertEmails = ['security@example.com'];

describe('the synthesis', () => {
  it('gives the same bytes in any folder, time zone and language, at any time', () => {
    const [here, there] = [copyOfProject('here'), copyOfProject('a folder with spaces')];
    expect(synth(here, { TZ: 'Asia/Tokyo', LC_ALL: 'C' })).toMatchObject({ status: 0 });
    execFileSync('find', [there, '-name', '*.ts', '-exec', 'touch', '-d', '2001-01-01', '{}', '+'], {
      cwd: there,
    });
    expect(synth(there, { TZ: 'America/New_York', LC_ALL: 'tr_TR.UTF-8' })).toMatchObject({ status: 0 });

    const [first, second] = [here, there].map((project) => contents(join(project, 'cdktf.out'), project));
    expect(Object.keys(first!).filter((file) => file.endsWith('.zip'))).toHaveLength(3);
    expect(second).toEqual(first);
  });

  it('takes an empty CDKTF_OUTDIR for none, and warns that nobody is told', () => {
    const { status, stderr } = synth(copyOfProject('empty'), { CDKTF_OUTDIR: '' });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `${NOBODY_IS_TOLD}Synthesized production, report-role to ${join('cdktf.out', 'stacks')}\n`,
    });
  });

  it.each(['staging', '--help'])(
    'refuses the argument %s, because it synthesizes every environment',
    (argument) => {
      const { status, stderr } = synth(copyOfProject(`argument ${argument}`), {}, [argument]);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `error: npm run synth takes no arguments; got ${argument}. It synthesizes every environment in environments/ to cdktf.out\n`,
      });
    },
  );

  it('refuses invalid environments with the list of problems and no stack trace', () => {
    const project = copyOfProject('wrong');
    writeFileSync(
      join(project, 'environments', 'dev.json'),
      '{"schedule":{"hour":24},"logRetentionDays":8,"organizationId":"x"}',
    );
    const { status, stderr } = synth(project);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^environments\/dev\.json: organizationId must be .+; got "x"$/),
      expect.stringMatching(/^environments\/dev\.json: schedule\.hour must be .+; got 24$/),
      expect.stringMatching(/^environments\/dev\.json: logRetentionDays must be .+; got 8$/),
    ]);
  });

  it('prints no warning of Node.js for a bucket and a key that another account owns', () => {
    const project = copyOfProject('existing');
    const bucket = { kind: 'existing', name: 'auditors', accountId: '222222222222' };
    const keyArn = 'arn:aws:kms:us-east-1:222222222222:key/1234-ab';
    const environment = {
      organizationId: 'o-exampleorg1',
      alertEmails,
      bucket,
      encryption: { kind: 'existing-key', keyArn },
    };
    writeFileSync(join(project, 'environments', 'production.json'), JSON.stringify(environment));
    const { status, stderr } = synth(project);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `Synthesized production, report-role to ${join('cdktf.out', 'stacks')}\n`,
    });
    const stack = join(project, 'cdktf.out', 'stacks', 'production', 'cdk.tf.json');
    const { output } = JSON.parse(readFileSync(stack, 'utf8')) as {
      output: Record<string, { value: unknown }>;
    };
    for (const name of ['bucket_policy_statements', 'key_policy_statements'])
      expect(output[name]?.value).toEqual(
        expect.arrayContaining([expect.objectContaining({ Effect: 'Allow' })]),
      );
  });

  it('warns of a Region that it does not know, and goes on', () => {
    const project = copyOfProject('new-region');
    writeFileSync(
      join(project, 'environments', 'dev.json'),
      JSON.stringify({ region: 'eu-central-9', reportRoleName: 'reader', alertEmails }),
    );
    const { status, stderr } = synth(project);
    expect(stderr).toMatch(
      /^warning: dev: region eu-central-9 is not among the Regions .+\nwarning: production: .+\nSynthesized dev, /,
    );
    expect(status).toBe(0);
  });

  it('lays the lock file of an environment beside its stack, and warns of one without an environment', () => {
    const project = copyOfProject('locked');
    for (const name of ['production', 'retired'])
      writeFileSync(join(project, 'environments', `${name}.terraform.lock.hcl`), 'locked\n');
    const { status, stderr } = synth(project);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr:
        NOBODY_IS_TOLD +
        'warning: environments/retired.terraform.lock.hcl belongs to no environment; remove it, or rename it with its environment\n' +
        `Synthesized production, report-role to ${join('cdktf.out', 'stacks')}\n`,
    });
    const copy = join(project, 'cdktf.out', 'stacks', 'production', '.terraform.lock.hcl');
    expect(readFileSync(copy, 'utf8')).toMatch(/^# .*\nlocked\n$/);
  });
});
