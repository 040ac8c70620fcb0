/** The commands of docs/audit-guide.md, as they stand there, over a run with failed accounts and an exemption. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const read = (file: string) => readFileSync(join(__dirname, '..', '..', '..', file), 'utf8');
const guide = read('docs/audit-guide.md');

const exemption = {
  account: '*',
  user: '<root_account>',
  check: 'root-recent-use',
  reason: 'tax settings need the root user',
  approvedBy: 'ciso@example.com',
  ticket: 'SEC-123',
  expires: '2099-12-31',
};
const project = projectCopy(join(folder, 'project'), { production: { checks: { exemptions: [exemption] } } });

const inProject = (program: string, ...options: string[]) =>
  spawnSync(program, options, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });

beforeAll(() => {
  const accounts = ['--accounts', '6', '--denied', '1', '--suspended', '1', '--out', 'run'];
  expect(inProject(process.execPath, ...typescriptOptions, 'local/main.ts', ...accounts).status).toBe(3);
  const [bucket = ''] = globSync('run/iam-cr-*', { cwd: project });
  renameSync(join(project, bucket), join(project, 'evidence'));
  const git = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  inProject('git', 'init', '--quiet');
  inProject('git', 'add', 'environments');
  inProject('git', ...git, 'commit', '--quiet', '-m', 'Accept the use of the root user');
});

const blocksOf = (section: string) =>
  [...section.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code).join('');

const [introduction = '', ...sections] = guide.split(/^## /m);

/** What the commands below a heading print. */
function answerTo(question: string): string {
  const section = sections.find((one) => one.startsWith(`${question}\n`));
  const script = `set -euo pipefail\n${blocksOf(introduction)}\n${blocksOf(section ?? '')}`;
  const { status, stdout, stderr } = inProject('bash', '-c', script);
  expect({ question, status, stderr }).toEqual({ question, status: 0, stderr: '' });
  return stdout;
}

describe("the auditor's guide", () => {
  it('verifies the evidence, and says that the run is not complete', () => {
    const answer = answerTo('Is the evidence unaltered?');
    expect(answer).toMatch(/^\d{4}-\d\d-\d\d {2}verified {4}1 run, 4 reports/m);
    expect(answer).toContain('1 of 5 accounts failed');
  });

  it('lists every run with what failed', () => {
    expect(answerTo('Which period is covered?')).toMatch(/^1 \d{4}-\d\d-\d\d false 1\n$/);
  });

  it('shows the population: every account, and those that were not collected', () => {
    const answer = answerTo('Is the population complete?');
    expect(answer).toMatch(
      /"accounts": 6,\s+"expected": 5,\s+"collected": 4,\s+"failed": 1,\s+"skipped": 1,/,
    );
    expect(answer.match(/"outcome": "(\w+)"/g)?.sort()).toEqual([
      '"outcome": "failed"',
      '"outcome": "skipped"',
    ]);
    expect(answer.match(/^\d{12}$/gm)).toHaveLength(6);
  });

  it('shows why accounts failed, and which controls are undecided in them', () => {
    const answer = answerTo('What about accounts that failed?');
    expect(answer).toMatch(/"reason": "denied",\s+"accounts": 1/);
    expect(answer).toContain('"CIS v7.0 2.4"');
  });

  it('shows the rules of the run, and leads from a finding to the row of the report', () => {
    const answer = answerTo('Which rule was applied, and to whom?');
    expect(answer).toContain('"id": "root-access-key"');
    expect(answer).toMatch(/"user": "<root_account>",\s+"arn": /);
    expect(answer.match(/^evidence\/\S+\/credentialReport_\d{12}\.csv:<root_account>,/gm)).toHaveLength(4);
  });

  it('shows every exemption with its approval, and what it covers', () => {
    const answer = answerTo('Were exceptions approved?');
    expect(answer).toContain('"approvedBy": "ciso@example.com"');
    expect(answer).toContain('"exemption_ticket": "SEC-123"');
  });

  it('shows who changed rules and exceptions', () => {
    const answer = answerTo('Who changed a rule, or an exception?');
    expect(answer).toMatch(/^[0-9a-f]+ \S+ \S+ \S+ Ann: Accept the use of the root user$/m);
    expect(answer).toContain('no earlier day');
  });

  it('lists nothing where there are no findings', () => {
    const [path = ''] = globSync('evidence/organization/*/findings.csv', { cwd: project });
    const file = join(project, path);
    const findings = readFileSync(file);
    writeFileSync(file, findings.subarray(0, findings.indexOf('\n') + 1));
    expect(answerTo('Were exceptions approved?')).toMatch(/^\[\]$/m);
    writeFileSync(file, findings);
  });

  it('has a test for every section with commands', () => {
    const asked = sections
      .filter((section) => blocksOf(section) !== '')
      .map((section) => section.split('\n')[0]);
    const tested = [...read('__tests__/tools/verify/audit-guide.test.ts').matchAll(/answerTo\('(.*)'\)/g)];
    expect(tested.map(([, question]) => question)).toEqual(expect.arrayContaining(asked));
  });

  it('names fields and columns that exist', () => {
    const [day = ''] = globSync('evidence/organization/*', { cwd: project });
    const tables = ['findings', 'controls'].map((table) =>
      readFileSync(join(project, day, `${table}.csv`), 'utf8')
        .split('\n')[0]!
        .split(','),
    );
    const fields = [...read('schemas/manifest.json').matchAll(/"(\w+)": \{/g)].map(([, name]) => name);
    const named = [...guide.matchAll(/`([a-z]+(?:_[a-z_]+|[A-Z]\w*))`/g)].map(([, name]) => name);
    const known = [...tables.flat(), ...fields, 'source_code_hash'];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});
