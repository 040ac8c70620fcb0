/** The command as users run it, in a copy of the project, against an organization that is embedded in the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { typescriptOptions } from '../../../local/typescript';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { questions } from '../../../tools/configure/questions';
import { flagOf } from '../../../tools/configure/answer';
import { explanationOf } from '../../../tools/configure/question';
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { type Embedded, embedded, temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
let aws: Embedded;

beforeAll(async () => {
  aws = await embedded({ accounts: 25 });
});
afterAll(async () => {
  await aws.stop();
  remove();
});

let copies = 0;
const copyOfProject = () =>
  projectCopy(join(folder, String(copies++)), {
    production: { $schema: './schema.json', tags: { 'managed-by': 'cdktf' } },
  });

const signedIn = () => ({
  AWS_ENDPOINT_URL: aws.endpoint.url,
  ...credentialVariables(),
});
const signedOut = { AWS_EC2_METADATA_DISABLED: 'true' };

function start(project: string, environment: Record<string, string>, ...options: string[]) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return spawn(process.execPath, [...typescriptOptions, 'tools/configure/main.ts', ...options], {
    cwd: project,
    env: {
      ...Object.fromEntries(own),
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const configure = (project: string, environment: Record<string, string>, ...options: string[]) =>
  ended(start(project, environment, ...options));

const fileOf = (project: string, name: string) => join(project, 'environments', `${name}.json`);
const contentOf = (project: string, name: string) =>
  JSON.parse(readFileSync(fileOf(project, name), 'utf8')) as Record<string, unknown>;

describe('npm run configure', () => {
  it('writes what AWS knows about the organization, and prints it', async () => {
    const project = copyOfProject();
    const region = { AWS_REGION: 'eu-central-1' };
    const { status, stdout } = await configure(project, { ...signedIn(), ...region }, 'production', '--yes');
    expect(status).toBe(0);
    const { id, rootId, accounts } = aws.organization;
    expect(contentOf(project, 'production')).toEqual({
      $schema: './schema.json',
      tags: { 'managed-by': 'cdktf' },
      region: 'eu-central-1',
      organizationId: id,
      roleDeployment: { kind: 'stack-set', targets: [rootId] },
    });
    expect(stdout).toContain(
      `Signed in to account ${accounts[0]!.id} of organization ${id}, which has 25 accounts\n`,
    );
    expect(stdout).toContain(`Organization ID: ${id}, looked up (--organization-id changes it)\n`);
    expect(stdout).toMatch(
      /Wrote environments\/production\.json\nwarning: alertEmails is empty: nobody is told .+\nNext: npm run golden && npm run doctor -- production && cdktf diff production\n$/,
    );
  });

  it.each([['--yes'], ['--yes', '--no-look-up']])(
    'writes the Region of AWS_DEFAULT_REGION, and says so, with %s',
    async (...options) => {
      const project = copyOfProject();
      const region = { AWS_DEFAULT_REGION: 'eu-central-1', AWS_REGION: '' };
      const { stdout } = await configure(project, { ...signedOut, ...region }, 'staging', ...options);
      expect(contentOf(project, 'staging')).toMatchObject({ region: 'eu-central-1' });
      expect(stdout).toContain('Region: eu-central-1, from AWS_DEFAULT_REGION (--region changes it)\n');
    },
  );

  it('says that the Region is the default if there is none, and nothing about it if the file has one', async () => {
    const project = copyOfProject();
    const line =
      'Region: us-east-1, the default: neither AWS_REGION, AWS_DEFAULT_REGION nor the AWS profile names a Region ' +
      '(--region changes it)\n';
    const { stdout } = await configure(project, signedOut, 'staging', '--yes');
    expect(stdout).toContain(line);
    writeFileSync(fileOf(project, 'staging'), '{"region":"us-east-1"}');
    expect((await configure(project, signedOut, 'staging', '--yes')).stdout).not.toContain('Region:');
  });

  it('warns about a Region that it does not know, and about accounts without the role', async () => {
    const project = copyOfProject();
    const options = ['--region', 'eu-central-3', '--targets', 'ou-ab12-abcdefgh'];
    const pilot = await configure(project, signedOut, 'staging', '--yes', ...options);
    expect(pilot.stdout).toContain('\nwarning: region eu-central-3 is not among the Regions that');
    expect(pilot.stdout).not.toContain('includeOus');
    const others = ['--include-ous', 'ou-ab12-ijklmnop'];
    const { status, stdout } = await configure(project, signedOut, 'staging', '--yes', ...others);
    expect(status).toBe(0);
    expect(stdout).toContain(
      '\nwarning: accounts.includeOus has ou-ab12-ijklmnop, which roleDeployment.targets',
    );
  });

  it('keeps an empty list of units, which means every account, and takes one', async () => {
    const project = copyOfProject();
    await configure(project, signedOut, 'staging', '--yes', '--include-ous', '[]');
    expect(contentOf(project, 'staging')).toMatchObject({ accounts: { includeOus: [] } });
    await configure(project, signedOut, 'staging', '--yes', '--hour', '5');
    expect(contentOf(project, 'staging')).toMatchObject({ accounts: { includeOus: [] } });
    await configure(project, signedOut, 'staging', '--yes', '--include-ous', '');
    expect(contentOf(project, 'staging')).not.toHaveProperty('accounts');
  });

  it('says that the profile of the shell does not exist', async () => {
    const { status, stdout } = await configure(
      copyOfProject(),
      { ...signedOut, AWS_PROFILE: 'aduit' },
      ...['production', '--yes'],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^AWS_PROFILE is "aduit", but there is no such profile in .*; nothing is looked up\n/,
    );
  });

  it('writes a valid environment, formatted as by prettier', async () => {
    const project = copyOfProject();
    await configure(
      project,
      signedIn(),
      ...['production', '--yes', '--alert-emails', 'a@example.com, b@example.com', '--hour', '5'],
    );
    const { id, rootId } = aws.organization;
    expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(`{
  "$schema": "./schema.json",
  "tags": { "managed-by": "cdktf" },
  "organizationId": "${id}",
  "roleDeployment": { "kind": "stack-set", "targets": ["${rootId}"] },
  "alertEmails": ["a@example.com", "b@example.com"],
  "schedule": { "hour": 5 }
}
`);
    expect(readEnvironments(join(project, 'environments')).get('production')).toMatchObject({
      alertEmails: ['a@example.com', 'b@example.com'],
      schedule: { hour: 5, timezone: 'UTC' },
    });
  });

  it('starts from what the file says, and keeps the fields for which it has no question', async () => {
    const project = copyOfProject();
    const saved = {
      scale: { batchSize: 100 },
      region: 'eu-west-1',
      objectLock: { mode: 'governance', days: 30 },
      checks: { unusedDays: 30 },
      schedule: { hour: 3, timezone: 'Europe/Vienna' },
      backend: { kind: 's3', bucket: 'state-of-terraform', key: 'here', region: 'eu-west-1' },
      digest: 'failures',
    };
    writeFileSync(fileOf(project, 'production'), JSON.stringify(saved));
    const { stderr } = await configure(project, signedOut, 'production', '--yes', '--hour', '4');
    expect(stderr).toBe('');
    expect(contentOf(project, 'production')).toEqual({
      ...saved,
      schedule: { hour: 4, timezone: 'Europe/Vienna' },
    });
    const again = await configure(project, signedOut, 'production', '--yes');
    expect(again.stdout).toContain('No changes to environments/production.json\n');
  });

  it('keeps the organization of the file, and says that AWS has another one', async () => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), '{"organizationId":"o-exampleorg1"}');
    const { stdout } = await configure(project, signedIn(), 'production', '--yes');
    expect(contentOf(project, 'production')).toMatchObject({ organizationId: 'o-exampleorg1' });
    expect(stdout).toContain(
      `o-exampleorg1, from the file; AWS says ${aws.organization.id} (--organization-id changes it)`,
    );
  });

  it('keeps the line ends of the file, and takes no notice of a byte order mark', async () => {
    const project = copyOfProject();
    const saved = '\uFEFF{\r\n  "digest": "always"\r\n}\r\n';
    writeFileSync(fileOf(project, 'production'), saved);
    await configure(project, signedOut, 'production', '--yes', '--hour', '4');
    expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(
      '{\r\n  "digest": "always",\r\n  "schedule": { "hour": 4 }\r\n}\r\n',
    );
    writeFileSync(fileOf(project, 'production'), saved);
    const { stdout } = await configure(project, signedOut, 'production', '--yes');
    expect(stdout).toContain('No changes to environments/production.json\n');
    expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(saved);
  });

  it('loses no field of a file that has one twice', async () => {
    const project = copyOfProject();
    const saved = '{"digest":"always",\n"digest":"failures"}';
    writeFileSync(fileOf(project, 'production'), saved);
    expect(await configure(project, signedOut, 'production', '--yes', '--hour', '4')).toMatchObject({
      status: 1,
      stderr:
        'environments/production.json: digest is given 2 times (lines 1 and 2); keep one\nNothing was written\n',
    });
    expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(saved);
  });

  it('does not write to where a link leads that leads nowhere', async () => {
    const project = copyOfProject();
    symlinkSync('nowhere', fileOf(project, 'dev'));
    const { status, stderr } = await configure(project, signedOut, 'dev', '--yes');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^environments\/dev\.json: the file cannot be read: no such file .*\nNothing was/);
    expect(existsSync(join(project, 'environments', 'nowhere'))).toBe(false);
  });

  it('writes to the file where a link leads, which stays a link', async () => {
    const project = copyOfProject();
    writeFileSync(join(project, 'shared.json'), '{}');
    symlinkSync('../shared.json', fileOf(project, 'dev'));
    await configure(project, signedOut, 'dev', '--yes', '--hour', '4', '--report-role-name', 'dev');
    expect(JSON.parse(readFileSync(join(project, 'shared.json'), 'utf8'))).toMatchObject({
      schedule: { hour: 4 },
    });
    expect(lstatSync(fileOf(project, 'dev')).isSymbolicLink()).toBe(true);
  });

  it('removes a field for an empty value', async () => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), '{"retentionDays":400,"alertEmails":["a@example.com"]}');
    await configure(project, signedOut, 'production', '--yes', '--retention-days', '', '--alert-emails', '');
    expect(contentOf(project, 'production')).toEqual({});
  });

  it('gives a second environment another role name', async () => {
    const project = copyOfProject();
    const { status } = await configure(project, signedOut, 'dev', '--yes');
    expect(status).toBe(0);
    expect(contentOf(project, 'dev')).toEqual({
      $schema: './schema.json',
      reportRoleName: 'iam-credential-report-generation-role-dev',
    });
    expect([...readEnvironments(join(project, 'environments')).keys()]).toEqual(['dev', 'production']);
  });

  it('looks up in the Region of the file if none is configured', async () => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), '{"region":"eu-west-3"}');
    const scopes: string[] = [];
    const server = createServer((request, response) => {
      scopes.push(request.headers.authorization ?? '');
      response.writeHead(403).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await configure(project, { ...signedIn(), AWS_ENDPOINT_URL: url }, 'production', '--yes');
      expect(scopes[0]).toContain('/eu-west-3/sts/');
    } finally {
      server.close();
    }
  });

  it('says in one line that there are no credentials', async () => {
    const { stdout } = await configure(copyOfProject(), signedOut, 'production', '--yes');
    expect(stdout.split('\n')[0]).toBe(
      'No valid AWS credentials (no credentials in the environment or the default profile: sign in, for example with ' +
        'aws sso login, or set AWS_PROFILE to a profile that has credentials); nothing is looked up',
    );
  });

  it('reports all invalid answers with their options, and writes nothing', async () => {
    const project = copyOfProject();
    const { status, stderr } = await configure(
      project,
      signedOut,
      ...['dev', '--yes', '--bucket', 'existing', '--hour', '24', '--region', 'mars'],
    );
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^region must be an AWS Region.*; got "mars" \(--region\)$/),
      expect.stringMatching(/^bucket\.name must be a bucket name.*; it is missing \(--bucket-name\)$/),
      expect.stringMatching(/^schedule\.hour must be .*; got 24 \(--hour\)$/),
      'Nothing was written',
    ]);
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it('reports all options that do not apply, with the option that each needs, as wrong usage', async () => {
    const project = copyOfProject();
    const { status, stderr } = await configure(
      project,
      signedOut,
      ...[
        'dev',
        '--yes',
        '--hour',
        '24',
        '--role-deployment',
        'none',
        '--targets',
        'r-ab12',
        '--key-arn',
        'ARN',
      ],
      ...['--logging-role', 'Deploy', '--state-bucket', 'states', '--cloud-organization', 'us'],
    );
    expect({ status, lines: stderr.trim().split('\n') }).toEqual({
      status: 2,
      lines: [
        '--targets can be used only with --role-deployment stack-set; got "r-ab12"',
        '--logging-role can be used only with --logging-account; got "Deploy"',
        '--key-arn can be used only with --encryption existing-key; got "ARN"',
        '--state-bucket can be used only with --backend s3; got "states"',
        '--cloud-organization can be used only with --backend cloud; got "us"',
        expect.stringMatching(/^schedule\.hour must be .*; got 24 \(--hour\)$/),
        'Nothing was written',
      ],
    });
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it('does not ask questions without a terminal', async () => {
    const project = copyOfProject();
    const { status, stderr } = await configure(project, signedOut, 'dev');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        'error: questions need a terminal; answer them with options and add --yes; see npm run configure -- --help\n',
    });
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it.each<[name: string, code: number, message: RegExp, ...options: string[]]>([
    ['report-role', 2, /^error: the name of the environment must be .*; got "report-role"; see npm run/],
    [
      'schema',
      2,
      /^error: the name of the environment .*"schema", .* are reserved; got "schema"; see npm run/,
    ],
    [
      'dev',
      1,
      /^tags must be NAME=VALUE, separated by commas; got "foo,bar=1" \(--tags\)\n/,
      '--tags',
      'foo,bar=1',
    ],
    ['dev', 1, /^athena must be true or false; got "maybe" \(--athena\)\n/, '--athena', 'maybe'],
    [
      ...([
        'dev',
        1,
        /^encryption\.keyArn must [^\n]*; got "alias\/foo" \(--key-arn\)\nNothing was written\n$/,
      ] as const),
      ...['--encryption', 'existing-key', '--key-arn', 'alias/foo'],
    ],
    ['dev', 2, /^error: unknown option '--bogus'; see npm run configure -- --help\n$/, '--bogus'],
  ])('refuses %s with code %d and %s', async (name, code, message, ...options) => {
    const { status, stderr } = await configure(copyOfProject(), signedOut, name, '--yes', ...options);
    expect(status).toBe(code);
    expect(stderr).toMatch(message);
  });

  it.each<[content: string, ...problems: string[]]>([
    ['{\n  "region": x\n}', 'the file is not JSON: invalid symbol (line 2, column 13)'],
    ['[]', 'the file must be an object; got []'],
    [
      '{"bukcet":{},"schedule":{"hour":24}}',
      'schedule.hour must be a whole number from 0 to 23; got 24 (--hour)',
      'bukcet is not an option; docs/options.md lists all options',
    ],
  ])('does not change the file %j, and reports every problem with its path', async (content, ...problems) => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), content);
    const { status, stderr } = await configure(project, signedOut, 'production', '--yes');
    expect(status).toBe(1);
    const lines = problems.map((problem) => `environments/production.json: ${problem}\n`);
    expect(stderr).toBe(`${lines.join('')}Nothing was written\n`);
    expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(content);
  });

  it('ends with one line and code 130 if it is interrupted, and writes nothing', async () => {
    const project = copyOfProject();
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const child = start(project, { ...signedIn(), AWS_ENDPOINT_URL: url }, 'dev', '--yes');
      const closed = once(child, 'close');
      const stderr = text(child.stderr);
      await once(silent, 'request');
      child.kill('SIGINT');
      expect(await closed).toEqual([130, null]);
      expect(await stderr).toBe('\nInterrupted: nothing was written\n');
      expect(existsSync(fileOf(project, 'dev'))).toBe(false);
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it('explains every question as an option', async () => {
    const { stdout } = await configure(copyOfProject(), signedOut, '--help');
    const help = stdout.replaceAll(/\s+/g, ' ');
    for (const question of questions) {
      expect(help).toContain(`${flagOf(question)} <`);
      expect(help).toContain(explanationOf(question));
    }
  });
});
