/** What commands say when they cannot write, and that they work from any folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { typescriptOptions } from '../local/typescript';
import { temporaryFolder } from '../tools/support/embedded';
import { projectCopy } from './support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** Characters that mean something in URLs, shells and globs. */
const project = projectCopy(join(folder, 'a project #1 (20%20) ü'));
const elsewhere = join(folder, 'elsewhere');
mkdirSync(elsewhere);
const file = join(folder, 'file');
writeFileSync(file, '');

interface Surroundings {
  cwd?: string;
  env?: Record<string, string>;
  /** Shell code before the command, such as a limit. */
  before?: string;
  /** Shell code after it, such as a redirection. */
  after?: string;
}

function run([script = '', ...args]: string[], surroundings: Surroundings = {}) {
  const { cwd = project, env = {}, before = ':', after = '' } = surroundings;
  const command = [...typescriptOptions, join(project, script), ...args];
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', `${before}; exec "$0" "$@" ${after}`, process.execPath, ...command],
    { cwd, env: { ...process.env, INIT_CWD: cwd, ...env }, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

/** Ended with a code and one line on standard error. */
const endedWith = (status: number, line: string | RegExp) => ({
  status,
  stderr: typeof line === 'string' ? `${line}\n` : (expect.stringMatching(line) as string),
});

describe('a command that cannot write', () => {
  const full = { before: 'ulimit -f 1' };

  it('leaves an environment file as it was', () => {
    const path = join(project, 'environments', 'full.json');
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`tag${index}`, 'x'.repeat(50)]),
    );
    // Without a recipient, a warning would come first.
    const before = JSON.stringify({ reportRoleName: 'full', alertEmails: ['security@example.com'], tags });
    writeFileSync(path, before);
    expect(
      run(['tools/configure/main.ts', 'full', '--yes', '--no-look-up', '--hour', '3'], full),
    ).toMatchObject(endedWith(1, `error: cannot write to environments/full.json: file too large (EFBIG)`));
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(join(project, 'environments')).sort()).toEqual([
      'full.json',
      'production.json',
      'schema.json',
    ]);
  });

  it('leaves no part of a module', () => {
    const module = join(folder, 'module');
    expect(run(['tools/build-role-module.ts', module], full)).toMatchObject(
      endedWith(1, `error: cannot write to ${join(module, 'main.tf.json')}: file too large (EFBIG)`),
    );
    expect(readdirSync(module)).toEqual([]);
  });

  it('leaves no part of a template', () => {
    const template = join(folder, 'template', 'report-role.template.json');
    expect(run(['tools/build-role-template.ts', template], full)).toMatchObject(
      endedWith(1, `error: cannot write to ${template}: file too large (EFBIG)`),
    );
    expect(readdirSync(dirname(template))).toEqual([]);
  });

  it('names a template that is a folder', () => {
    expect(run(['tools/build-role-template.ts', folder])).toMatchObject(
      endedWith(
        2,
        `error: file must be a file, but ${folder} is a folder; see npm run build:role-template -- --help`,
      ),
    );
  });

  it.each([['main.ts'], ['tools/golden/main.ts']])('%s names the bundle', (script) => {
    expect(run([script], full)).toMatchObject(
      endedWith(1, /^error: cannot write to \S+\.zip: file too large \(EFBIG\)\n$/),
    );
    expect(existsSync(join(project, 'golden'))).toBe(false);
  });

  it('names the folder of the synthesis that is a file', () => {
    expect(run(['main.ts'], { env: { CDKTF_OUTDIR: file } })).toMatchObject(
      endedWith(1, `error: cannot create ${join(file, 'stacks')}: not a directory (ENOTDIR)`),
    );
  });

  it('names the temporary folder, which tsx needs before any other code', () => {
    const check = join(project, 'tools', 'support', 'check-installation.cjs');
    const { status, stderr } = spawnSync(process.execPath, [check], {
      cwd: project,
      env: { ...process.env, TMPDIR: join(file, 'below') },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual(
      endedWith(
        1,
        /error: Cannot write to the temporary folder \(ENOTDIR: .*\): set TMPDIR to another folder\n$/,
      ),
    );
  });

  const noFull = existsSync('/dev/full') ? '' : ' (skipped: there is no /dev/full)';
  (noFull ? it.skip : it)(`fails when its output is lost${noFull}`, () => {
    expect(run(['tools/plan-comment/planned-environments.ts'], { after: '> /dev/full' })).toMatchObject(
      endedWith(1, /error: cannot write to standard output: no space left on device \(ENOSPC\)\n$/),
    );
  });

  it('still shows where a mistake in the program is', () => {
    const script = join(project, 'mistake.ts');
    writeFileSync(
      script,
      "import { runCommand } from './local/run-command';\nrunCommand(() => (undefined as never as { code: number }).code);\n",
    );
    const { status, stderr } = run(['mistake.ts']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^TypeError: .*\n +at .*mistake\.ts/);
  });
});

describe('a command that is started in another folder', () => {
  const link = join(folder, 'link');
  symlinkSync(project, link);

  it('synthesizes into its project, where the local state is too', () => {
    expect(run(['main.ts'], { cwd: elsewhere })).toMatchObject({ status: 0 });
    expect(readdirSync(elsewhere)).toEqual([]);
    const stack = join(project, 'cdktf.out', 'stacks', 'production', 'cdk.tf.json');
    expect(readFileSync(stack, 'utf8')).toContain(
      JSON.stringify(join(project, 'terraform.production.tfstate')),
    );
  });

  it('runs locally, with its output in that folder', () => {
    const result = run(['local/main.ts', '--accounts', '2', '--out', 'here'], { cwd: elsewhere });
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toContain('Verify:   npm run verify -- here/');
    expect(readdirSync(elsewhere)).toEqual(['here']);
  });

  it('takes a link for the project', () => {
    expect(run(['tools/golden/main.ts'], { cwd: link })).toMatchObject({ status: 0 });
    expect(readdirSync(join(project, 'golden'))).toContain('production.json');
  });
});
