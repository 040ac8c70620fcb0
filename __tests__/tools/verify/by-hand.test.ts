/** The commands of `docs/verifying.md`, as they stand there. */
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { s3Service } from '../../../local/fake-aws/s3/s3-service';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';
import { awsVariables } from '../../support/emulator/aws-cli';
import { Evidence, newSigningKey } from '../../support/evidence';
import { StoredVersions } from '../../support/stored-versions';
import { accountId } from '../../support/stored-run';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const document = readFileSync(join(projectRoot, 'docs/verifying.md'), 'utf8');

/** The commands below a heading. */
function commandsOf(heading: string): string {
  const [, section = ''] =
    new RegExp(`^### ${heading}\\n([\\s\\S]*?)(?=^##|(?![\\s\\S]))`, 'm').exec(document) ?? [];
  const blocks = [...section.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  if (blocks.length === 0) throw new Error(`docs/verifying.md has no commands below "${heading}"`);
  return blocks.join('');
}

const signing = newSigningKey('key-1');
const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, signing.pem);
const intact = new Evidence(join(folder, 'intact'), { signing });
for (const date of ['2026-11-01', '2026-11-02', '2026-11-03']) intact.run({ date });
const [, second, third] = intact.recorded;

/** What the commands print in a folder, line by line; errors too. */
async function run(heading: string, cwd: string, variables: Record<string, string> = {}): Promise<string[]> {
  const env = { ...process.env, LC_ALL: 'C', ENVIRONMENT: 'production', PUBLIC_KEY: keyFile, ...variables };
  // The exit code is that of the last command, which says nothing about those before.
  const script = `{ ${commandsOf(heading)} } 2>&1; true`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env });
  return stdout.split('\n').filter((line) => line !== '');
}

let copies = 0;
function changed(file: string, change: (text: string) => string | undefined): string {
  const copy = join(folder, `copy-${copies++}`);
  cpSync(intact.folder, copy, { recursive: true });
  const content = change(readFileSync(join(copy, file), 'utf8'));
  if (content === undefined) rmSync(join(copy, file));
  else writeFileSync(join(copy, file), content);
  return copy;
}

const manifest = (number: number) => `manifests/production/0000000${number}.json`;
const report = `2026-11-02/credentialReport_${accountId(1)}.csv`;

describe('the commands of docs/verifying.md', () => {
  it('print nothing about intact evidence but the hash of the newest manifest', async () => {
    expect(await run('The chain', intact.folder)).toEqual([`newest: ${third!.manifest.sha256}`]);
    expect(await run('Reports and files', intact.folder)).toEqual([]);
    expect(await run('Signatures', intact.folder)).toEqual([]);
  });

  it('find a manifest that was edited, and one that was removed', async () => {
    const edited = changed(manifest(2), (text) => text.replace('true', 'false'));
    const removed = changed(manifest(2), () => undefined);
    const wrong = `${manifest(3)}: names another hash of the one before`;
    expect(await run('The chain', edited)).toContain(wrong);
    expect(await run('The chain', removed)).toEqual(
      expect.arrayContaining([`${manifest(3)}: gap before it`, wrong]),
    );
    expect(await run('Reports and files', edited)).toEqual([
      `${manifest(2)}: runs/${second!.run}/view.json names another hash`,
    ]);
    expect(await run('Signatures', edited)).toContain(`${manifest(2)}: not signed with this key`);
  });

  it('find a report that was edited, and one that was removed', async () => {
    const edited = changed(report, (text) => text.slice(0, 10));
    const removed = changed(report, () => undefined);
    expect(await run('Reports and files', edited)).toContain(`${report}: FAILED`);
    expect(await run('Reports and files', removed)).toContain(`${report}: FAILED open or read`);
  });

  it('find hashes and pages that were edited', async () => {
    const sums = second!.fileOf('SHA256SUMS');
    const page = second!.fileOf('index.html');
    expect(
      await run(
        'Reports and files',
        changed(sums, (text) => text.split('\n')[0]!),
      ),
    ).toContain(`${sums}: no manifest names it`);
    expect(
      await run(
        'Reports and files',
        changed(page, (text) => `${text}!`),
      ),
    ).toEqual([`${page}: runs/${second!.run}/view.json names another hash`]);
  });

  it('find a table of a day that was edited', async () => {
    const table = 'organization/2026-11-02/findings.csv';
    expect(
      await run(
        'Reports and files',
        changed(table, (text) => `${text}!`),
      ),
    ).toEqual([`${table}: no manifest names it`]);
  });

  it('find signatures of another key, and those that are missing', async () => {
    const other = join(folder, 'other.pem');
    writeFileSync(other, newSigningKey('key-2').pem);
    expect(await run('Signatures', intact.folder, { PUBLIC_KEY: other })).toContain(
      `${manifest(1)}: not signed with this key`,
    );
    const unsigned = changed(`runs/${second!.run}/view.key-1.sig`, () => undefined);
    expect(await run('Signatures', unsigned)).toContain(
      `runs/${second!.run}/view.json: not signed with this key`,
    );
  });

  const noCli = spawnSync('aws', ['--version']).status === 0 ? '' : ' (skipped: install the AWS CLI)';
  (noCli ? it.skip : it)(`read a version of a report, with the AWS CLI${noCli}`, async () => {
    const stored = new StoredVersions();
    const evidence = new Evidence(join(folder, 'bucket/prefix'), {
      onPut: (key, content) => stored.add(`bucket/prefix/${key}`, content),
    });
    evidence.run({ date: '2026-11-02' });
    const old = evidence.put(report, 'the older report');
    evidence.put(report, 'the newer report');
    const endpoint = await LocalEndpoint.start({ s3: stored.over(s3Service(folder)) });
    const caller = {
      url: endpoint.url,
      region: 'us-east-1',
      ...credentialsOf(),
    };
    const variables = { ...awsVariables(caller), BUCKET: 'bucket', PREFIX: 'prefix/', KEY: report };
    const cwd = join(folder, 'versions');
    mkdirSync(cwd);
    try {
      const printed = (sha256: string) =>
        run('A version of a report', cwd, { ...variables, VERSION_ID: old.versionId!, SHA256: sha256 });
      expect(await printed(old.sha256)).toContain('report.csv: OK');
      expect(await printed('0'.repeat(64))).toContain('report.csv: FAILED');
    } finally {
      await endpoint.stop();
    }
  });
});
