import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { reproducibleZip } from '../constructs/reproducible-zip';
import { markerOf } from '../tools/plan-comment/render';
import { temporaryFolder } from '../tools/support/embedded';
import { projectRoot } from '../tools/support/project-root';

const folder = join(projectRoot, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}

interface Job {
  if?: string;
  needs?: string;
  permissions?: Record<string, string>;
  environment?: string;
  'timeout-minutes'?: number;
  steps: Step[];
}

interface Workflow {
  on: Record<string, unknown>;
  concurrency?: object;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const workflows = files.map(({ file, text }) => ({ file, text, workflow: parse(text) as Workflow }));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const release = workflows.find(({ file }) => file === 'release.yml')!;
const plan = workflows.find(({ file }) => file === 'plan.yml')!.workflow;

describe.each(workflows)('$file', ({ text, workflow }) => {
  it('pins every action to a full commit ID, with its version in a comment', () => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBe(stepsOf(workflow).filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('runs only scripts that exist', () => {
    const run = stepsOf(workflow)
      .map((step) => step.run ?? '')
      .join('\n');
    const named = [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('may only read the code, unless a job has permissions of its own', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('runs no install scripts of packages, and uses the Node.js version in .nvmrc', () => {
    const steps = stepsOf(workflow);
    const installs = steps.flatMap(({ run = '' }) => run.match(/npm (ci|install)\b.*/g) ?? []);
    expect(new Set(installs)).toEqual(new Set(['npm ci --ignore-scripts']));
    for (const job of Object.values(workflow.jobs)) {
      // What other jobs put into a cache does not get near an identity that npm trusts.
      const isTrusted =
        job.permissions?.['id-token'] === 'write' &&
        job.steps.every(({ run = '' }) => !run.includes('npm ci'));
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@')))
        expect(step.with).toEqual({ 'node-version-file': '.nvmrc', ...(!isTrusted && { cache: 'npm' }) });
    }
  });

  it('leaves no token in the checkout, and every job has a timeout', () => {
    for (const step of stepsOf(workflow)) {
      if (step.uses?.startsWith('actions/checkout@'))
        expect(step.with).toEqual({ 'persist-credentials': false });
    }
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it('passes no text of a pull request into a shell', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
  });

  it('is not started by an event that gives secrets to forks', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('does not apply anything', () => {
    expect(text).not.toMatch(/\b(terraform|cdktf)\b.*\b(apply|deploy|destroy)\b/);
  });
});

const script = (job: Job | undefined, name: string) => job?.steps.find((step) => step.name === name)?.run;
const shell = (run: string | undefined, env: Record<string, string>, cwd?: string) =>
  spawnSync('bash', ['--norc', '-e', '-c', run!], {
    encoding: 'utf8',
    cwd,
    env: { PATH: process.env.PATH, ...env },
  });

describe('plan.yml', () => {
  const { 'out-of-date': outOfDate, environments, plan: planning } = plan.jobs;

  it('runs only for pull requests from the repository itself, and only if roles are configured', () => {
    expect(outOfDate?.if).toContain('head.repo.full_name == github.repository');
    expect(outOfDate?.if).toContain("vars.PLAN_ROLES != ''");
    expect(environments?.needs).toBe('out-of-date');
    expect(planning?.needs).toBe('environments');
    for (const job of [environments, planning]) expect(job?.if ?? '').not.toMatch(/always|cancelled|failure/);
  });

  it('may assume a role in the job that plans, and write comments there and in the job that replaces earlier ones', () => {
    expect(outOfDate?.permissions).toEqual({ 'pull-requests': 'write' });
    expect(environments?.permissions).toBeUndefined();
    expect(planning?.permissions).toEqual({
      contents: 'read',
      'id-token': 'write',
      'pull-requests': 'write',
    });
  });

  it('replaces the comments of earlier commits before it runs any code of the pull request', () => {
    expect(outOfDate?.needs).toBeUndefined();
    expect(outOfDate?.steps).toHaveLength(1);
    expect(outOfDate?.steps[0]?.uses).toBeUndefined();
  });

  it('cancels the run of an earlier commit, which could overwrite the comment', () => {
    expect(plan.concurrency).toEqual({
      group: 'plan-${{ github.event.pull_request.number }}',
      'cancel-in-progress': true,
    });
  });

  const noJq = spawnSync('jq', ['--version']).error ? ' (skipped: install jq)' : '';
  (noJq ? it.skip : it)(`replaces its own comments only${noJq}`, () => {
    const { folder, remove } = temporaryFolder();
    const marker = markerOf('production');
    const comments = [
      { id: 11, user: { type: 'Bot' }, body: `${marker}\r\n## Plan of an earlier commit` },
      { id: 12, user: { type: 'User' }, body: `${marker}\nquoted` },
      { id: 13, user: { type: 'Bot' }, body: 'something else' },
    ];
    writeFileSync(join(folder, 'found.json'), JSON.stringify(comments));
    // `gh api --paginate URL --jq FILTER` reads, `gh api --silent --method PATCH URL --input FILE` writes.
    writeFileSync(
      join(folder, 'gh'),
      '#!/bin/sh\nif [ "$2" = --paginate ]; then jq -r "$5" found.json; else echo "$*"; cat "$7"; fi\n',
    );
    chmodSync(join(folder, 'gh'), 0o755);
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      COMMENTS: 'issues',
      NUMBER: '7',
      NOTE: 'none yet\n',
    };
    const run = script(outOfDate, 'Comments of earlier commits say that they are');
    const { status, stdout, stderr } = shell(run, env, folder);
    remove();
    const [called, ...written] = stdout.split('\n');
    expect({ status, stderr, called }).toEqual({
      status: 0,
      stderr: '',
      called: 'api --silent --method PATCH issues/comments/11 --input body.json',
    });
    expect(JSON.parse(written.join('\n'))).toEqual({ body: `${marker}\nnone yet\n` });
  });

  it('names the environment that has no role, before anything else', () => {
    const first = planning?.steps[0]?.run;
    const withoutRole = shell(first, { ENVIRONMENT: 'staging', ROLE: '' });
    expect({ status: withoutRole.status, stdout: withoutRole.stdout }).toEqual({
      status: 1,
      stdout: '::error::PLAN_ROLES has no role for staging (docs/plan-review.md)\n',
    });
    expect(shell(first, { ENVIRONMENT: 'staging', ROLE: 'arn' }).status).toBe(0);
  });

  it.each([
    [
      'lets Terraform choose a provider that the stack allows, without a lock file',
      false,
      'init -input=false',
    ],
    ['takes the locked provider and no other, with one', true, 'init -input=false -lockfile=readonly'],
  ])('%s', (_rule, isLocked, expected) => {
    const { folder, remove } = temporaryFolder();
    const stack = join(folder, 'cdktf.out', 'stacks', 'production');
    mkdirSync(stack, { recursive: true });
    if (isLocked) writeFileSync(join(stack, '.terraform.lock.hcl'), '');
    writeFileSync(join(folder, 'terraform'), `#!/bin/sh\necho "$*" >> ${folder}/called\n`);
    chmodSync(join(folder, 'terraform'), 0o755);
    const env = { PATH: `${folder}:${process.env.PATH}`, ENVIRONMENT: 'production' };
    expect(shell(`set -u\n${script(planning, 'Plan')}`, env, folder)).toMatchObject({
      status: 0,
      stderr: '',
    });
    const [init] = readFileSync(join(folder, 'called'), 'utf8').split('\n');
    remove();
    expect(init).toBe(expected);
  });

  it('does not print the plan to the log', () => {
    const lines = (script(planning, 'Plan') ?? '')
      .split('\n')
      .filter((line) => /terraform (plan|show)/.test(line));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/ > plan\.\w+$/);
  });

  it('writes a comment even after a failure, if the packages are installed', () => {
    expect(planning?.steps.find(({ id }) => id === 'install')?.run).toBe('npm ci --ignore-scripts');
    expect(planning?.steps.at(-1)?.if).toBe("${{ !cancelled() && steps.install.outcome == 'success' }}");
  });
});

describe('release.yml', () => {
  const { jobs, on, concurrency } = release.workflow;
  const { build, npm, github, module: pushing } = jobs;
  const publishing = [npm, github, pushing];
  const version = { GITHUB_REF_NAME: 'v1.2.3' };
  /** A folder with programs that stand for those of the runner; each notes how it was called. */
  const runner = (programs: Record<string, string>) => {
    const { folder, remove } = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'release'));
    for (const [name, program] of Object.entries(programs)) {
      writeFileSync(
        join(folder, 'bin', name),
        `#!/bin/sh\necho "${name} $*" >> ${folder}/called\n${program}\n`,
      );
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const run = (step: string | undefined, env: Record<string, string> = {}) => {
      writeFileSync(join(folder, 'called'), '');
      const ended = shell(step, { ...version, PATH: `${folder}/bin:${process.env.PATH}`, ...env }, folder);
      return { ...ended, called: readFileSync(join(folder, 'called'), 'utf8').trim().split('\n') };
    };
    return { folder, remove, run };
  };

  it('is started by the tag of a version only, and never twice at once', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
  });

  it('gives every job the least it needs; the one that runs code of packages may only read', () => {
    expect(
      Object.fromEntries(Object.entries(jobs).map(([name, { permissions }]) => [name, permissions])),
    ).toEqual({
      build: undefined,
      npm: { contents: 'read', 'id-token': 'write' },
      github: { contents: 'write', attestations: 'write', 'id-token': 'write' },
      module: undefined,
    });
    for (const job of publishing) {
      expect(job?.needs).toBe('build');
      const commands = job?.steps.map(({ run = '' }) => run).join('\n');
      expect(commands).not.toMatch(/npm (ci|install|run|test|exec)|\bnpx\b|\bnode /);
    }
  });

  it('publishes from protected environments only, and only files that were built', () => {
    expect([build?.environment, ...publishing.map((job) => job?.environment)]).toEqual([
      ...[undefined, 'release', 'release', 'terraform-module'],
    ]);
    for (const job of publishing) {
      const names = job?.steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, ''));
      const download = names?.indexOf('actions/download-artifact') ?? -1;
      expect(download).toBeGreaterThanOrEqual(0);
      expect(names?.[download + 1]).toBe('The files are those that were built');
    }
  });

  it('has one secret, the key of the repository of the module, and no token for npm', () => {
    const secrets = [...release.text.matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret);
    expect(secrets).toEqual(['MODULE_DEPLOY_KEY']);
    expect(release.text).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN|_authToken/);
    expect(npm?.steps.some(({ env }) => env !== undefined)).toBe(false);
  });

  it('checks the version of the tag before everything else, and tests before anything is published', () => {
    const commands = build?.steps.flatMap(({ run }) => run ?? []);
    expect(commands).toEqual([
      'npm ci --ignore-scripts',
      'npm run release:check -- --version "${GITHUB_REF_NAME#v}"',
      'npm run check',
      'npm test',
    ]);
  });

  it.each([
    ['11.5.1', 0],
    ['11.19.1', 0],
    ['11.5.0', 1],
    ['10.9.4', 1],
  ])('with npm %s, ends the check of npm with %d', (found, status) => {
    const { run, remove } = runner({ npm: `echo ${found}` });
    expect(run(script(npm, 'npm is new enough')).status).toBe(status);
    remove();
  });

  it.each([
    ['publishes the package with its provenance', 'exit 1', true],
    ['does not publish a version again', 'echo 1.2.3', false],
  ])('%s', (_rule, view, isPublished) => {
    const { folder, run, remove } = runner({
      npm: `if [ "$1" = view ]; then ${view}; fi`,
      jq: 'cat > /dev/null; echo it@1.2.3',
    });
    writeFileSync(join(folder, 'bin', 'tar'), '#!/bin/sh\n');
    chmodSync(join(folder, 'bin', 'tar'), 0o755);
    writeFileSync(join(folder, 'release', 'it-1.2.3.tgz'), '');
    const { status, called } = run(script(npm, 'Publish, unless an earlier run did'));
    remove();
    expect({ status, called: called.filter((line) => line.startsWith('npm ')) }).toEqual({
      status: 0,
      called: [
        'npm view it@1.2.3 version',
        ...(isPublished
          ? ['npm publish ./release/it-1.2.3.tgz --provenance --access public --ignore-scripts']
          : []),
      ],
    });
  });

  it.each([
    [
      'makes a release with all files',
      'exit 1',
      'create v1.2.3 release/SHA256SUMS --verify-tag --title v1.2.3 --notes-file changes.md',
    ],
    ['completes the release that is there', 'exit 0', 'upload v1.2.3 release/SHA256SUMS --clobber'],
  ])('%s', (_rule, view, expected) => {
    const { folder, run, remove } = runner({ gh: `if [ "$2" = view ]; then ${view}; fi` });
    writeFileSync(join(folder, 'release', 'SHA256SUMS'), '');
    const { status, called } = run(
      script(github, 'Release, or put the files into the release that an earlier run made'),
    );
    remove();
    expect({ status, called }).toEqual({
      ...{ status: 0, called: ['gh release view v1.2.3', `gh release ${expected}`] },
    });
  });

  it('says what the changelog says of the version, and nothing of others', () => {
    const { folder, run, remove } = runner({});
    const changelog =
      '# Changelog\n\n## [1.2.30]\n\n- A\n\n## [1.2.3] - 2026-12-01\n\n### Added\n\n- B\n\n## [1.2.2]\n\n- C\n';
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    run(script(github, 'What the changelog says of the version'));
    const changes = readFileSync(join(folder, 'changes.md'), 'utf8');
    remove();
    expect(changes.trim()).toBe('### Added\n\n- B');
  });

  it('replaces what is in the repository of the module by what was built, and pushes it once', () => {
    const { folder, run, remove } = runner({});
    const git = (...options: string[]) =>
      spawnSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...options], {
        cwd: folder,
        encoding: 'utf8',
      }).stdout;
    git('init', '--quiet', '--bare', '--initial-branch=main', 'module.git');
    git('clone', '--quiet', 'module.git', 'before');
    writeFileSync(join(folder, 'before', 'former.tf'), '');
    git('-C', 'before', 'add', '--all');
    git('-C', 'before', 'commit', '--quiet', '-m', 'v1.2.2');
    git('-C', 'before', 'push', '--quiet', 'origin', 'HEAD:main');
    const archive = join(folder, 'release', 'terraform-aws-iam-credential-reports-1.2.3.zip');
    writeFileSync(archive, reproducibleZip({ 'main.tf': Buffer.from('# new\n') }));

    const push = script(pushing, 'Push the module with the same tag, unless an earlier run did');
    const env = { REPOSITORY: join(folder, 'module.git'), HOME: folder };
    expect(run(push, env)).toMatchObject({ status: 0, stdout: '' });
    expect(git('-C', 'module.git', 'ls-tree', '--name-only', 'v1.2.3')).toBe('main.tf\n');
    expect(git('-C', 'module.git', 'rev-parse', 'main')).toBe(git('-C', 'module.git', 'rev-parse', 'v1.2.3'));

    rmSync(join(folder, 'module'), { recursive: true });
    expect(run(push, env)).toMatchObject({ status: 0, stdout: 'v1.2.3 is there already\n' });
    remove();
  });
});
