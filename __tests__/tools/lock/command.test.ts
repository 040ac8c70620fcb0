/** `npm run lock` as users run it, in a copy of the project, with a program that stands for Terraform. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { projectCopy } from '../../support/project-copy';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "6.66.0"\n}\n';
const WRITES = 'echo "- Fetching hashicorp/aws 6.66.0"; echo Success; cp "$LOCK" .terraform.lock.hcl';

/** A project and a Terraform of its own. */
class Project {
  private static made = 0;
  readonly path = projectCopy(join(folder, `project-${Project.made}`), {
    production: {},
    staging: { reportRoleName: 'staging-reader' },
  });
  private readonly bin = join(folder, `bin-${Project.made++}`);
  private readonly temporary = join(this.bin, 'tmp');

  /** @param terraform - what it does after it has noted how it was called; without it there is none */
  constructor(terraform?: string) {
    mkdirSync(this.temporary, { recursive: true });
    writeFileSync(join(this.bin, 'lock'), LOCK);
    if (terraform === undefined) return;
    const notes = `echo "$*" > ${this.bin}/called; cp main.tf.json ${this.bin}`;
    const program = join(this.bin, 'terraform');
    writeFileSync(program, `#!/bin/sh\nPATH=/usr/bin:/bin\n${notes}\n${terraform}\n`);
    chmodSync(program, 0o755);
  }

  start(...options: string[]) {
    return spawn(process.execPath, [...typescriptOptions, 'tools/lock/main.ts', ...options], {
      cwd: this.path,
      env: { PATH: this.bin, LOCK: join(this.bin, 'lock'), TMPDIR: this.temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...options: string[]) {
    return ended(this.start(...options));
  }

  get called() {
    return readFileSync(join(this.bin, 'called'), 'utf8').trim();
  }

  get hasCalled() {
    return existsSync(join(this.bin, 'called'));
  }

  get configuration() {
    return JSON.parse(readFileSync(join(this.bin, 'main.tf.json'), 'utf8')) as unknown;
  }

  get environments() {
    return readdirSync(join(this.path, 'environments')).sort();
  }

  get leftBehind() {
    return readdirSync(this.temporary).filter((name) => name.startsWith('iam-credential-reports-'));
  }

  lockOf(name: string) {
    return join(this.path, 'environments', `${name}.terraform.lock.hcl`);
  }
}

const UNTOUCHED = ['production.json', 'schema.json', 'staging.json'];

describe('npm run lock', () => {
  it('writes the lock file of every environment, for the usual platforms', async () => {
    const project = new Project(WRITES);
    const { status, stdout, stderr } = await project.run();
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout:
        'Wrote environments/production.terraform.lock.hcl: version 6.66.0\n' +
        'Wrote environments/staging.terraform.lock.hcl: version 6.66.0\n',
    });
    expect(stderr).toBe(
      'Locking the AWS provider of production, staging for linux_amd64, linux_arm64, darwin_amd64, darwin_arm64, windows_amd64\n' +
        'Fetching hashicorp/aws 6.66.0\n',
    );
    expect(project.called).toBe(
      'providers lock -no-color -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_amd64 -platform=darwin_arm64 -platform=windows_amd64',
    );
    for (const name of ['production', 'staging'])
      expect(readFileSync(project.lockOf(name), 'utf8')).toBe(LOCK);
    expect(project.leftBehind).toEqual([]);
  });

  it('asks for the versions that the stack allows', async () => {
    const project = new Project(WRITES);
    await project.run('production');
    const { required_providers } = new SynthesizedStack().json.terraform;
    expect(project.configuration).toEqual({ terraform: { required_providers } });
    expect(project.environments).toEqual([...UNTOUCHED, 'production.terraform.lock.hcl'].sort());
  });

  it('takes the platforms and the mirror that are given', async () => {
    const project = new Project(WRITES);
    const platforms = ['--platform', 'linux_amd64', '--platform', 'darwin_arm64'];
    await project.run('staging', ...platforms, '--fs-mirror', 'mirror of ours');
    expect(project.called).toBe(
      `providers lock -no-color -platform=linux_amd64 -platform=darwin_arm64 -fs-mirror=${join(project.path, 'mirror of ours')}`,
    );
  });

  it('says what Terraform says when it fails, and leaves an earlier file alone', async () => {
    const project = new Project(
      'echo half > .terraform.lock.hcl; printf "╷\\n│ Warning: none\\n╵\\n\\n╷\\n│ Error: Could not retrieve providers\\n│ \\n│ Not available.\\n╵\\n" >&2; exit 1',
    );
    writeFileSync(project.lockOf('staging'), 'earlier');
    const { status, stdout, stderr } = await project.run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /\nerror: terraform providers lock failed\nWarning: none\n\nError: Could not retrieve providers\n\nNot available\.\n$/,
    );
    expect(project.environments).toEqual([...UNTOUCHED, 'staging.terraform.lock.hcl'].sort());
    expect(readFileSync(project.lockOf('staging'), 'utf8')).toBe('earlier');
    expect(project.leftBehind).toEqual([]);
  });

  it('says that Terraform is missing', async () => {
    const project = new Project();
    const { status, stderr } = await project.run('production');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /\nerror: terraform is not on the PATH: install version 1\.11 or newer \(https:.*\)\n$/,
    );
    expect(project.environments).toEqual(UNTOUCHED);
  });

  it('refuses unknown environments and platforms, all at once, before it starts anything', async () => {
    const project = new Project(WRITES);
    const { status, stderr } = await project.run('prod', 'dev', '--platform', 'linux');
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      'error: there is no environment "prod": environments/ has production, staging',
      'error: there is no environment "dev": environments/ has production, staging',
      'error: --platform must be OS_ARCH, such as linux_amd64; got "linux"; see npm run lock -- --help',
    ]);
    expect(project.hasCalled).toBe(false);
  });

  it('ends Terraform for Ctrl-C and writes nothing', async () => {
    const project = new Project(
      `trap 'echo half > .terraform.lock.hcl; exit 1' INT\nwhile :; do sleep 0.1; done`,
    );
    const child = project.start('production');
    const end = ended(child);
    while (!project.hasCalled) await wait(50);
    child.kill('SIGINT');
    const { status, stderr } = await end;
    expect(status).toBe(130);
    expect(stderr).toMatch(/\nInterrupted: nothing was written\n$/);
    expect(project.environments).toEqual(UNTOUCHED);
    expect(project.leftBehind).toEqual([]);
  });
});
