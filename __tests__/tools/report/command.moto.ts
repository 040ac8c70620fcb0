/** The command as users run it, against a bucket in moto: another implementation of S3 than the project's own. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { type Caller, aws, awsVariables } from '../../support/emulator/aws-cli';
import { Moto } from '../../support/emulator/moto';
import { ended } from '../../support/ended';
import { projectCopy } from '../../support/project-copy';

/** Time for starting moto and a run, ms. */
const TIME = 300_000;

const BUCKET = 'credential-reports-of-this-test';
const { folder, remove } = temporaryFolder();
const project = projectCopy(join(folder, 'project'), {
  production: { bucket: { kind: 'new', name: BUCKET } },
});
const stored = join(folder, 'stored');
let moto: Moto | undefined;
let caller: Caller;
let page: string;

/** What is not in the bucket yet, or was changed. */
const upload = () => aws(caller, 's3 sync --only-show-errors', {}, [join(stored, BUCKET), `s3://${BUCKET}`]);

beforeAll(async () => {
  const options = ['--accounts', '3', '--environment', 'production', '--out', stored];
  const run = spawnSync(process.execPath, [...typescriptOptions, 'local/main.ts', ...options], {
    cwd: project,
    encoding: 'utf8',
  });
  expect([run.status, run.stderr]).toEqual([0, '']);
  page = `organization/${readdirSync(join(stored, BUCKET, 'organization'))[0]}/index.html`;
  moto = await Moto.start();
  caller = { url: moto.url, region: 'us-east-1', accessKeyId: 'auditor', secretAccessKey: 'test' };
  await aws(caller, 's3api create-bucket', { bucket: BUCKET });
  await upload();
}, TIME);

afterAll(async () => {
  await moto?.stop();
  remove();
});

const report = (out: string) =>
  ended(
    spawn(process.execPath, [...typescriptOptions, 'tools/report/main.ts', 'production', '--out', out], {
      cwd: project,
      env: awsVariables(caller),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );

describe('npm run report against moto', () => {
  it('fetches page and tables as they are in the bucket', async () => {
    const out = join(folder, 'whole');
    const { status, stdout, stderr } = await report(out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const fetched = stdout.split('\n').at(-2)!;
    expect(readFileSync(fetched)).toEqual(readFileSync(join(stored, BUCKET, page)));
    const tables = ['changes.csv', 'controls.csv', 'credentials.csv', 'findings.csv', 'index.html'];
    expect(readdirSync(join(fetched, '..')).sort()).toEqual(tables);
  });

  it('refuses an altered file, and stores nothing', async () => {
    const file = join(stored, BUCKET, page);
    writeFileSync(file, readFileSync(file, 'utf8').replace('Complete.', 'Completed'));
    await upload();
    const out = join(folder, 'altered');
    const { status, stdout, stderr } = await report(out);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n')[0]).toMatch(
      RegExp(`^altered     ${page}: its SHA-256 is \\w{64}, not \\w{64}$`),
    );
    expect(readdirSync(join(out, 'production'))).toEqual([]);
  });
});
