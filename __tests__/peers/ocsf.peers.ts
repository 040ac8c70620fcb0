/** The schema of OCSF, as ocsf-json-schema has it, accepts every line of findings.ocsf.jsonl; py-ocsf-models reads them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../local/temporary-folder';
import type { ComplianceFinding } from '../../handlers/export-results/ocsf/compliance-finding';
import { complianceFinding } from '../../handlers/export-results/ocsf/compliance-finding';
import { FOLDERS } from '../../tools/peers/install-once';
import { peerProgram } from '../../tools/peers/peer-program';
import { projectRoot } from '../../tools/support/project-root';
import { StoredExport } from '../support/ocsf-run';

const document = readFileSync(join(projectRoot, 'docs', 'ocsf.md'), 'utf8');

const folder = new TemporaryFolder('ocsf');
afterAll(() => {
  folder.remove();
});

let stored: StoredExport;
/** A line of a finding that is exempt, which has more members than others. */
let line: ComplianceFinding;
beforeAll(async () => {
  stored = await StoredExport.of();
  const exempt = stored.rows.find(({ status }) => status === 'exempt')!;
  line = complianceFinding(exempt, stored.facts);
});

function run(script: string, text: string) {
  const file = join(folder.path, 'findings.ocsf.jsonl');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    peerProgram('ocsf', 'python'),
    [join(FOLDERS.locks, 'ocsf', script), file],
    { encoding: 'utf8', env: process.env },
  );
  return { status, stdout, stderr };
}
const problemsOf = (...events: unknown[]) =>
  run('validate.py', events.map((event) => `${JSON.stringify(event)}\n`).join(''));

describe('the schema of OCSF 1.6.0', () => {
  it('accepts every line of a run whose findings are of every kind', async () => {
    const statuses = stored.rows.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['fail', 'unknown', 'exempt']));
    expect(run('validate.py', await stored.lines())).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('accepts every line of a first run, which has nothing to compare with', async () => {
    const first = await StoredExport.of({ first: true });
    expect(run('validate.py', await first.lines())).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('accepts an account without a path', () => {
    const row = { ...stored.rows[0]!, ou_path: '', ou_names: '', account_name: '' };
    const event = complianceFinding(row, stored.facts);
    expect(problemsOf(event)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.each<[string, (event: ComplianceFinding) => object, string]>([
    [
      'an unknown key',
      (event) => ({ ...event, account_id: '1' }),
      "line 1: event: Additional properties are not allowed ('account_id' was unexpected)",
    ],
    [
      'an unknown key inside',
      (event) => ({ ...event, cloud: { ...event.cloud, ou_path: 'x' } }),
      "line 1: cloud: Additional properties are not allowed ('ou_path' was unexpected)",
    ],
    [
      'a key of a profile that the line does not name',
      (event) => ({ ...event, metadata: { ...event.metadata, profiles: [] } }),
      "line 1: event: Additional properties are not allowed ('cloud' was unexpected)",
    ],
    [
      'a text instead of a time',
      (event) => ({ ...event, time: '2026-11-23T08:00:00Z' }),
      "line 1: time: '2026-11-23T08:00:00Z' is not of type 'integer'",
    ],
    [
      'no compliance',
      (event) => ({ ...event, compliance: undefined }),
      "line 1: event: 'compliance' is a required property",
    ],
    [
      'an identifier that is not defined',
      (event) => ({ ...event, severity_id: 7 }),
      'line 1: severity_id: 7 is not one of [',
    ],
    [
      'the caption of another identifier',
      (event) => ({ ...event, status: 'New' }),
      "line 1: status_id: 3 is 'Suppressed', not 'New'",
    ],
    [
      'the caption of another identifier inside',
      (event) => ({ ...event, resources: [{ ...event.resources[0], role: 'Actor' }] }),
      "line 1: resources.0.role_id: 1 is 'Target', not 'Actor'",
    ],
    [
      'the type of another activity',
      (event) => ({ ...event, type_uid: 200301, type_name: 'Compliance Finding: Create' }),
      'line 1: type_uid: is not class_uid * 100 + activity_id',
    ],
    [
      'a deprecated key',
      (event) => ({ ...event, compliance: { ...event.compliance, status_detail: 'x' } }),
      'line 1: compliance.status_detail: is deprecated',
    ],
    [
      'a version without a schema',
      (event) => ({ ...event, metadata: { version: '9.9.9' } }),
      'line 1: event: ',
    ],
  ])('refuses %s', (_, change, problem) => {
    const { status, stdout } = problemsOf(change(line));
    expect(stdout).toContain(problem);
    expect(status).toBe(1);
  });

  it('refuses an event or a finding that an earlier line has', () => {
    const { status, stdout } = problemsOf(line, line);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^line 2: metadata\.uid: .* is in an earlier line$/),
      expect.stringMatching(/^line 2: finding_info\.uid: .* is in an earlier line$/),
      '',
    ]);
    expect(status).toBe(1);
  });
});

it('is the version that docs/ocsf.md installs', () => {
  const [, install = ''] = /^pip install (.*)$/m.exec(document) ?? [];
  const locked = readFileSync(join(FOLDERS.locks, 'ocsf', 'requirements.txt'), 'utf8');
  expect(install.split(' ')).toHaveLength(2);
  for (const pinned of install.split(' ')) expect(locked).toContain(`\n${pinned} \\\n`);
});

describe('py-ocsf-models', () => {
  it('reads every line, and leaves out only the keys that docs/ocsf.md lists', async () => {
    const lines = await stored.lines();
    const { version, read, refused, lost } = JSON.parse(run('parse.py', lines).stdout) as {
      version: string;
      read: number;
      refused: Record<string, number>;
      lost: string[];
    };
    expect({ version, read, refused }).toEqual({
      version: '1.5.0',
      read: lines.trimEnd().split('\n').length,
      refused: {},
    });
    const parents = lost.map((path) =>
      path.replace(/\[\]\.(name|value)$/, '').replace(/^cloud\..*/, 'cloud'),
    );
    const [, listed = ''] = /leaves out ([^]*?)\.\n/.exec(document) ?? [];
    expect([...listed.matchAll(/`([^`]+)`/g)].map(([, path]) => path)).toEqual([...new Set(parents)]);
  });

  it('refuses a line without compliance', () => {
    const { refused } = JSON.parse(
      run('parse.py', JSON.stringify({ ...line, compliance: undefined })).stdout,
    ) as { refused: object };
    expect(refused).toEqual({ 'compliance: missing': 1 });
  });
});
