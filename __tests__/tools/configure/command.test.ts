/** The command as users run it, in a copy of the project, against an organization that is embedded in the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readEnvironments } from '../../../constructs/environment/environment-files';
import { questions } from '../../../tools/configure/questions';
import { flagOf } from '../../../tools/configure/answer';
import { type Embedded, embedded, temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';

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
  AWS_ACCESS_KEY_ID: 'AKIALOCALCOLLECTOR00',
  AWS_SECRET_ACCESS_KEY: 'local',
});
const signedOut = { AWS_EC2_METADATA_DISABLED: 'true' };

function start(project: string, environment: Record<string, string>, ...options: string[]) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return spawn(process.execPath, ['--import', 'tsx', 'tools/configure/main.ts', ...options], {
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

async function configure(project: string, environment: Record<string, string>, ...options: string[]) {
  const child = start(project, environment, ...options);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await closed) as [number];
  return { status, stdout, stderr };
}

const fileOf = (project: string, name: string) => join(project, 'environments', `${name}.json`);
const contentOf = (project: string, name: string) =>
  JSON.parse(readFileSync(fileOf(project, name), 'utf8')) as Record<string, unknown>;

describe('npm run configure', () => {
  it('writes what AWS knows about the organization, and says so', async () => {
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
    expect(stdout).toContain(`Signed in to account ${accounts[0]!.id} of organization ${id}, 25 accounts\n`);
    expect(stdout).toContain(`Id of the organization: ${id}, looked up (--organization-id changes it)\n`);
    expect(stdout).toMatch(/Wrote environments\/production\.json\nNext: .* cdktf diff production\n$/);
  });

  it('writes the file as prettier leaves it, and an environment that can be synthesized', async () => {
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

  it('begins with what the file says, and loses nothing that it does not ask about', async () => {
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
    expect(again.stdout).toContain('Nothing to change in environments/production.json\n');
  });

  it('keeps an organization that the file names, and says that another is signed in', async () => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), '{"organizationId":"o-exampleorg1"}');
    const { stdout } = await configure(project, signedIn(), 'production', '--yes');
    expect(contentOf(project, 'production')).toMatchObject({ organizationId: 'o-exampleorg1' });
    expect(stdout).toContain(
      `the file says o-exampleorg1, which is kept; looked up: ${aws.organization.id} (--organization-id changes it)`,
    );
  });

  it('takes a field out by an empty value', async () => {
    const project = copyOfProject();
    writeFileSync(fileOf(project, 'production'), '{"retentionDays":400,"alertEmails":["a@example.com"]}');
    await configure(project, signedOut, 'production', '--yes', '--retention-days', '', '--alert-emails', '');
    expect(contentOf(project, 'production')).toEqual({});
  });

  it('gives the role of a second environment a name of its own', async () => {
    const project = copyOfProject();
    const { status } = await configure(project, signedOut, 'dev', '--yes');
    expect(status).toBe(0);
    expect(contentOf(project, 'dev')).toEqual({
      $schema: './schema.json',
      reportRoleName: 'iam-credential-report-generation-role-dev',
    });
    expect([...readEnvironments(join(project, 'environments')).keys()]).toEqual(['dev', 'production']);
  });

  it('looks up in the Region that the file names when none is configured', async () => {
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
      'No AWS credentials that work (CredentialsProviderError): nothing is looked up',
    );
  });

  it('refuses wrong answers all at once, with their options, and writes nothing', async () => {
    const project = copyOfProject();
    const { status, stderr } = await configure(
      project,
      signedOut,
      ...['dev', '--yes', '--bucket', 'existing', '--hour', '24', '--region', 'mars'],
    );
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^region: "mars" \(allowed: .+\) \(--region\)$/),
      expect.stringMatching(/^bucket\.name: nothing \(allowed: .+\) \(--bucket-name\)$/),
      expect.stringMatching(/^schedule\.hour: 24 \(allowed: .+\) \(--hour\)$/),
      'Nothing was written',
    ]);
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it('refuses options that other answers make pointless, all at once, and says which option they need', async () => {
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
        '--targets: "r-ab12" has no use (it needs --role-deployment stack-set)',
        '--logging-role: "Deploy" has no use (it needs --logging-account)',
        '--key-arn: "ARN" has no use (it needs --encryption existing-key)',
        '--state-bucket: "states" has no use (it needs --backend s3)',
        '--cloud-organization: "us" has no use (it needs --backend cloud)',
        expect.stringMatching(/^schedule\.hour: 24 .* \(--hour\)$/),
        'Nothing was written',
      ],
    });
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it('refuses to ask where nobody can answer', async () => {
    const project = copyOfProject();
    const { status, stderr } = await configure(project, signedOut, 'dev');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error: questions need a terminal: answer them by options and add --yes (--help lists them)\n',
    });
    expect(existsSync(fileOf(project, 'dev'))).toBe(false);
  });

  it.each<[name: string, code: number, message: RegExp, ...options: string[]]>([
    ['report-role', 1, /^the name of the file: "report-role"/],
    ['schema', 1, /^the name of the file: "schema" \(allowed: .*schema, which is for editors/],
    [
      'dev',
      1,
      /^tags: "foo,bar=1" \(allowed: NAME=VALUE, separated by commas\.\) \(--tags\)\n/,
      '--tags',
      'foo,bar=1',
    ],
    ['dev', 1, /^athena: "maybe" \(allowed: true or false\) \(--athena\)\n/, '--athena', 'maybe'],
    [
      ...([
        'dev',
        1,
        /^encryption\.keyArn: "alias\/foo" [^\n]* \(--key-arn\)\nNothing was written\n$/,
      ] as const),
      ...['--encryption', 'existing-key', '--key-arn', 'alias/foo'],
    ],
    ['dev', 2, /unknown option '--bogus'/, '--bogus'],
  ])('refuses %s with code %d and %s', async (name, code, message, ...options) => {
    const { status, stderr } = await configure(copyOfProject(), signedOut, name, '--yes', ...options);
    expect(status).toBe(code);
    expect(stderr).toMatch(message);
  });

  it.each<[content: string, ...problems: string[]]>([
    ['{\n  "region": x\n}', "is not JSON: Unexpected token 'x' (line 2, column 13)"],
    ['[]', 'the whole file: [] (allowed: an object)'],
    [
      '{"bukcet":{},"schedule":{"hour":24}}',
      'schedule.hour: 24 (allowed: a whole number from 0 to 23) (--hour)',
      'bukcet: no such field (allowed: see schema.json)',
    ],
  ])(
    'leaves alone the file %j, and names it with every problem as a synth does',
    async (content, ...problems) => {
      const project = copyOfProject();
      writeFileSync(fileOf(project, 'production'), content);
      const { status, stderr } = await configure(project, signedOut, 'production', '--yes');
      expect(status).toBe(1);
      const lines = problems.map((problem) => `environments/production.json: ${problem}\n`);
      expect(stderr).toBe(`${lines.join('')}Nothing was written\n`);
      expect(readFileSync(fileOf(project, 'production'), 'utf8')).toBe(content);
    },
  );

  it('ends with a clear line and code 130 when it is interrupted, and writes nothing', async () => {
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
      expect(await stderr).toBe('\nStopped: nothing was written\n');
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
      expect(help).toContain(question.explanation);
    }
  });
});
