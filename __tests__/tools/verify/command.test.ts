/** The command as users run it: options, output and exit codes. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';
import { parseOptions } from '../../../tools/verify/options';
import { Evidence, newSigningKey } from '../../support/evidence';
import { accountId } from '../../support/stored-run';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const signing = newSigningKey('key-1');
const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, signing.pem);

/** Runs the command without any AWS configuration. */
const run = (...options: string[]) => runWith({}, ...options);

function runWith(surroundings: Pick<SpawnSyncOptions, 'stdio'>, ...options: string[]) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const none = join(folder, 'none');
  const env = { ...Object.fromEntries(own), AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none };
  return spawnSync(process.execPath, [...typescriptOptions, 'tools/verify/main.ts', ...options], {
    cwd: projectRoot,
    env: { ...env, AWS_EC2_METADATA_DISABLED: 'true' },
    encoding: 'utf8',
    ...surroundings,
  });
}

function newEvidence(name: string): Evidence {
  const evidence = new Evidence(join(folder, name), { signing });
  evidence.run({ date: '2026-11-01', accounts: 7 });
  return evidence;
}

describe('npm run verify', () => {
  it('ends with 0 for evidence that is verified', () => {
    const { folder: verified, recorded } = newEvidence('verified');
    const head = recorded[0]!.manifest.sha256;
    const { status, stdout, stderr } = run(
      verified,
      '--public-key',
      keyFile,
      '--expect-head',
      head.toUpperCase(),
    );
    expect({ status, stderr, lines: stdout.split('\n') }).toEqual({
      status: 0,
      stderr: '',
      lines: [
        verified,
        'production: 1 manifest, 2026-11-01 to 2026-11-01',
        `  newest: manifests/production/00000001.json, SHA-256 ${head}`,
        '  expected: manifest 1; 0 manifests came after it',
        '2026-11-01  verified    1 run, 7 reports, 20 files',
        'Verified: 1 day, 1 run, 7 reports, 20 files',
        '',
      ],
    });
  });

  it('ends with 1 and the first findings for evidence that is not, and has all of them in JSON', () => {
    const { folder: altered } = newEvidence('altered');
    rmSync(join(altered, '2026-11-01'), { recursive: true });
    const text = run(altered);
    expect(text.status).toBe(1);
    expect(text.stdout).toContain('  missing     and 2 more, which --json has\n');
    const json = run(altered, '--json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toEqual({
      store: altered,
      environments: [
        expect.objectContaining({
          environment: 'production',
          manifests: 1,
          signatures: 1,
          findings: [],
          counts: {},
        }),
      ],
      days: [
        {
          date: '2026-11-01',
          verdict: 'missing',
          runs: ['run-2026-11-01'],
          verified: { reports: 0, files: 20 },
          counts: { missing: 7 },
          findings: Array.from({ length: 7 }, (_, index) => ({
            status: 'missing',
            key: `2026-11-01/credentialReport_${accountId(index + 1)}.csv`,
            detail: 'it does not exist',
          })),
        },
      ],
      exitCode: 1,
      verified: { days: 1, runs: 1, reports: 0, files: 20 },
      counts: { missing: 7 },
      limits: [expect.stringMatching(/^A chain alone/), expect.stringMatching(/not pinned/)],
    });
  });

  it('ends with 2 if there is nothing to verify', () => {
    const { status, stdout, stderr } = run(join(projectRoot, 'docs'));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: .*docs has no folder manifests\/; name the folder or the prefix that has it\n$/,
    );
  });

  it('names the folder below that can be verified', () => {
    const bucket = newEvidence('download/bucket').folder;
    const { status, stderr } = run(join(folder, 'download'));
    const where = join(folder, 'download');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `error: ${where} has no folder manifests/, but ${bucket} has it: name that one\n`,
    });
  });

  it('ends with 1 if every manifest was removed', () => {
    const { folder: emptied } = newEvidence('emptied');
    rmSync(join(emptied, 'manifests'), { recursive: true });
    const { status, stderr } = run(emptied);
    expect(status).toBe(1);
    expect(stderr).toMatch(/but finished runs, such as runs\/.*\/view\.json: every manifest was removed\n$/);
  });

  it('ends with 2, and valid JSON, if there is no day in the range', () => {
    const { folder: verified } = newEvidence('other-days');
    const { status, stdout } = run(verified, '--from', '2026-12-01', '--json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      days: [],
      exitCode: 2,
      error:
        'there is no day that could be verified in this range; there are days from 2026-11-01 to 2026-11-01',
    });
  });

  it('ends with 2, which accuses nobody, if its output is lost', () => {
    const { folder: verified } = newEvidence('lost-output');
    // Opened to read, it refuses every write.
    const stdout = openSync(keyFile, 'r');
    const { status, stderr } = runWith({ stdio: ['ignore', stdout, 'pipe'] }, verified);
    closeSync(stdout);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error: cannot write to standard output: bad file descriptor (EBADF)\n',
    });
  });

  it('ends with 2 and one line if a bucket cannot be read', () => {
    const { status, stdout, stderr } = run('s3://some-bucket/production', '--region', 'us-east-1');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: no credentials in the environment or the default profile: sign in, .+\n$/,
    );
  });
});

describe('wrong usage of npm run verify', () => {
  function mistakesOf(...argv: string[]): string {
    let printed = '';
    const exit = (code: number): never => {
      throw new Error(`exit ${code}`);
    };
    const terminal = { out: () => undefined, err: (text: string) => void (printed += text), exit };
    expect(() => parseOptions(argv, terminal)).toThrow('exit 2');
    return printed;
  }

  it('names every mistake at once', () => {
    const options = ['--from', '2026-02-30', '--to', '2026-01-01', '--expect-head', 'abc', '--public-key'];
    expect(mistakesOf('no-such-folder', ...options, 'package.json', '--public-key', 'no-key.pem')).toBe(
      [
        'error: no-such-folder is not a folder',
        'error: --from 2026-02-30 is not a date of the form YYYY-MM-DD',
        'error: --from 2026-02-30 is after --to 2026-01-01',
        'error: --expect-head abc is not a SHA-256 hash of 64 hexadecimal digits',
        'error: --public-key package.json: not a public key in PEM',
        'error: --public-key no-key.pem: this file does not exist; see npm run verify -- --help\n',
      ].join('\n'),
    );
  });

  it.each([
    ['s3://', 's3:// is not of the form s3://BUCKET/PREFIX'],
    ['package.json', 'package.json is not a folder'],
  ])('names a location that is neither a folder nor a bucket: %s', (location, mistake) => {
    expect(mistakesOf(location)).toBe(`error: ${mistake}; see npm run verify -- --help\n`);
  });

  it.each([
    ['s3://bucket', ''],
    ['s3://bucket/', ''],
    ['s3://bucket/some/prefix', 'some/prefix/'],
    ['s3://bucket/some/prefix/', 'some/prefix/'],
  ])('is not %s', (location, prefix) => {
    expect(parseOptions([location]).location).toEqual({ bucket: 'bucket', prefix });
  });
});
