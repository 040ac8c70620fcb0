import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(__dirname, '..');
const folder = join(root, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  if?: string;
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  steps: Step[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const workflows = files.map(({ file, text }) => ({ file, text, workflow: parse(text) as Workflow }));
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const plan = workflows.find(({ file }) => file === 'plan.yml')!.workflow;

describe.each(workflows)('$file', ({ text, workflow }) => {
  it('takes every action by a full commit, with its version beside it', () => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBe(stepsOf(workflow).filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('runs only scripts that there are', () => {
    const run = stepsOf(workflow)
      .map((step) => step.run ?? '')
      .join('\n');
    const named = [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('may read the code and nothing more, unless a job says why', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('leaves no token in the folder, and stops what hangs', () => {
    for (const step of stepsOf(workflow)) {
      if (step.uses?.startsWith('actions/checkout@'))
        expect(step.with).toEqual({ 'persist-credentials': false });
    }
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it('puts nothing that a pull request says into a shell', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
  });

  it('is started by events that give a fork no secret', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('applies nothing', () => {
    expect(text).not.toMatch(/\b(terraform|cdktf)\b.*\b(apply|deploy|destroy)\b/);
  });
});

describe('plan.yml', () => {
  it('runs for pull requests of the repository only, and where roles are given', () => {
    expect(plan.jobs.environments?.if).toContain('head.repo.full_name == github.repository');
    expect(plan.jobs.environments?.if).toContain("vars.PLAN_ROLES != ''");
    expect((plan.jobs.plan as unknown as { needs: string }).needs).toBe('environments');
  });

  it('may take a role and write a comment where it plans, and nowhere else', () => {
    expect(plan.jobs.environments?.permissions).toBeUndefined();
    expect(plan.jobs.plan?.permissions).toEqual({
      contents: 'read',
      'id-token': 'write',
      'pull-requests': 'write',
    });
  });
});
