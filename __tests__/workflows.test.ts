import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
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
  with?: Record<string, unknown>;
}

interface Job {
  if?: string;
  needs?: string;
  permissions?: Record<string, string>;
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
    for (const step of steps) {
      if (step.uses?.startsWith('actions/setup-node@'))
        expect(step.with).toEqual({ 'node-version-file': '.nvmrc', cache: 'npm' });
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

describe('plan.yml', () => {
  const { 'out-of-date': outOfDate, environments, plan: planning } = plan.jobs;
  const script = (job: Job | undefined, name: string) => job?.steps.find((step) => step.name === name)?.run;
  const shell = (run: string | undefined, env: Record<string, string>, cwd?: string) =>
    spawnSync('bash', ['--norc', '-e', '-c', run!], {
      encoding: 'utf8',
      cwd,
      env: { PATH: process.env.PATH, ...env },
    });

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
