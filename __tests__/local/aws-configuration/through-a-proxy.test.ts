/** Every command that talks to AWS, as users run it behind a proxy: without it, no host of AWS can be reached. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { credentialVariables, credentialsOf } from '../../../local/fake-aws/credentials';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';
import { type AwsFront, startAwsFront } from '../../support/aws-front';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy';
import { projectCopy } from '../../support/project-copy';
import { ended } from '../../support/ended';

const { folder, remove } = temporaryFolder();
const project = projectCopy(join(folder, 'project'));
const organization = organizationOf({ accounts: 4 });
const out = join(folder, 'run');
let [aws, front, proxy]: [LocalEndpoint?, AwsFront?, ConnectProxy?] = [];

beforeAll(async () => {
  aws = await LocalEndpoint.start(servicesOf(organization, out));
  front = await startAwsFront(aws.url);
  proxy = await startConnectProxy(front.port);
  writeFileSync(join(folder, 'certificate.pem'), front.certificate);
  writeFileSync(join(folder, 'config'), CONFIG);
  const cache = join(folder, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `${createHash('sha1').update('company').digest('hex')}.json`), SSO_TOKEN);
  writeFileSync(join(cache, `${createHash('sha1').update('left').digest('hex')}.json`), OLD_TOKEN);
});
afterAll(async () => {
  await proxy?.stop();
  await front?.stop();
  await aws?.stop();
  remove();
});

const CONFIG = `
[profile member]
role_arn = arn:aws:iam::${organization.accounts[1]!.id}:role/auditor
source_profile = keys
[profile mfa]
role_arn = arn:aws:iam::${organization.accounts[1]!.id}:role/auditor
source_profile = keys
mfa_serial = arn:aws:iam::${organization.accounts[0]!.id}:mfa/me
[profile keys]
aws_access_key_id = AKIAEXAMPLEOFPROFILE
aws_secret_access_key = ${credentialsOf('AKIAEXAMPLEOFPROFILE').secretAccessKey}
[profile sso]
sso_session = company
sso_account_id = ${organization.accounts[0]!.id}
sso_role_name = auditor
[profile left]
sso_session = left
sso_account_id = ${organization.accounts[0]!.id}
sso_role_name = auditor
[sso-session company]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
[sso-session left]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
`;
const token = { accessToken: 'token', clientId: 'id', clientSecret: 'secret', refreshToken: 'refresh' };
/** Has to be renewed by the OIDC service. */
const SSO_TOKEN = JSON.stringify({ ...token, expiresAt: new Date(Date.now() + 60_000).toISOString() });
const OLD_TOKEN = JSON.stringify({ accessToken: 'token', expiresAt: '2026-01-01T00:00:00Z' });

/** The embedded IAM takes the account from the access key. */
const keys = credentialVariables(credentialsOf(`ASIALOCA${organization.accounts[0]!.id}`));

async function run(script: string, options: string[], variables: Record<string, string> = {}) {
  proxy!.asked.length = 0;
  front!.signed.length = 0;
  const own = Object.entries(process.env).filter(([name]) => !/^AWS_|proxy$/i.test(name));
  const child = spawn(process.execPath, [...typescriptOptions, script, ...options], {
    cwd: project,
    env: {
      ...Object.fromEntries(own),
      HOME: folder,
      USERPROFILE: folder,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: proxy!.url,
      // For the stand-ins on loopback, which must not use it.
      HTTP_PROXY: proxy!.url,
      AWS_CA_BUNDLE: join(folder, 'certificate.pem'),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ...(await ended(child)), asked: [...new Set(proxy!.asked)].sort(), signed: [...front!.signed] };
}

const configure = (variables: Record<string, string>) =>
  run('tools/configure/main.ts', ['production', '--yes'], variables);

/** Name, script, options. */
type Command = [string, string, string[]];

const STS = 'sts.eu-west-1.amazonaws.com:443';
const ORGANIZATIONS = 'organizations.us-east-1.amazonaws.com:443';
const bucketOf = () => readdirSync(out).find((name) => name.startsWith('iam-')) ?? '';

describe('behind a proxy', () => {
  it('the local run collects a real organization: its functions use the proxy too', async () => {
    const options = ['--organization', 'aws', '--wait-seconds', '0.1', '--out', out];
    const { status, stdout, stderr, asked } = await run('local/main.ts', options, keys);
    expect(stderr).toBe('');
    expect(stdout).toContain('Collected 4 of 4 accounts');
    expect(stdout).toContain(', Region eu-west-1 (AWS_DEFAULT_REGION)\n');
    expect(status).toBe(0);
    expect(asked).toEqual(['iam.amazonaws.com:443', ORGANIZATIONS, STS]);
  });

  it('verify reads a bucket', async () => {
    // The SDK does not make the name of a bucket with dots a part of the host.
    const bucket = 'evidence.example';
    cpSync(join(out, bucketOf()), join(out, bucket), { recursive: true });
    const { status, stdout, stderr, asked } = await run('tools/verify/main.ts', [`s3://${bucket}`], keys);
    expect(stderr).toBe('');
    expect(stdout).toContain('Verified: 1 day, 1 run, 4 reports');
    expect(status).toBe(0);
    expect(asked).toEqual(['s3.eu-west-1.amazonaws.com:443']);
  });

  it('configure looks up the organization', async () => {
    const { stdout, asked } = await configure(keys);
    expect(stdout).toContain(`of organization ${organization.id}, which has 4 accounts\n`);
    expect(asked).toEqual([ORGANIZATIONS, STS]);
  });

  it('a role of a profile is assumed', async () => {
    const { stdout, asked, signed } = await configure({ AWS_PROFILE: 'member' });
    expect(stdout).toContain('Signed in to account ');
    expect(asked).toEqual([ORGANIZATIONS, STS]);
    expect(signed[0]).toMatch(/^AKIAEXAMPLEOFPROFILE\/\d+\/eu-west-1\/sts\//);
    expect(signed[1]).toMatch(/^ASIALOCA\d+\/\d+\/eu-west-1\/sts\//);
  });

  it('a session of IAM Identity Center is renewed and used', async () => {
    const { stdout, asked, signed } = await configure({ AWS_PROFILE: 'sso' });
    expect(stdout).toContain('Signed in to account ');
    const identityCenter = ['oidc', 'portal.sso'].map((host) => `${host}.eu-west-1.amazonaws.com:443`);
    expect(asked).toEqual([...identityCenter, ORGANIZATIONS, STS].sort());
    expect(signed[0]).toMatch(/^ASIAEXAMPLEOFSSO0000\//);
  });

  it('hosts of NO_PROXY are reached directly', async () => {
    const { asked } = await configure({ ...keys, NO_PROXY: 'amazonaws.com' });
    expect(asked).toEqual([]);
  });

  it('an emulator on loopback is reached directly', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = aws!.url.replace('127.0.0.1', host);
      const { stdout, asked } = await configure({ ...keys, AWS_ENDPOINT_URL: url, NO_PROXY: 'example.com' });
      expect(stdout).toContain('Signed in to account ');
      expect(asked).toEqual([]);
    }
  });
});

const local: Command = ['local', 'local/main.ts', ['--organization', 'aws', '--out', join(folder, 'other')]];
const verify: Command = ['verify', 'tools/verify/main.ts', ['s3://bucket']];
const configuring: Command = ['configure', 'tools/configure/main.ts', ['production', '--yes']];

describe('an error of a proxy', () => {
  it.each([local, verify, configuring])('is told by %s with the variable', async (_, script, options) => {
    const url = `http://127.0.0.1:${proxy!.port}`;
    const wrong = url.replace('//', '//me:wrong-secret@');
    const { stdout, stderr } = await run(script, options, { ...keys, https_proxy: wrong });
    const told = `${stdout}${stderr}`;
    expect(told).toMatch(
      new RegExp(
        `https_proxy ${url}: Failed to establish tunnel to \\S+:443 via \\S+: HTTP/1\\.1 407 Proxy Authentication ` +
          `Required; set https_proxy to http://USER:PASSWORD@127\\.0\\.0\\.1:${proxy!.port}`,
      ),
    );
    expect(told).not.toContain('wrong-secret');
  });

  it.each([verify, configuring])('is told by %s if nobody is there', async (_, script, options) => {
    const variables = { ...keys, HTTPS_PROXY: 'me:secret@localhost:1' };
    const { stdout, stderr } = await run(script, options, variables);
    const told = `${stdout}${stderr}`;
    expect(told).toMatch(/HTTPS_PROXY http:\/\/localhost:1: connect ECONNREFUSED \S+:1\b/);
    expect(told).not.toContain('secret@');
  });

  it.each([verify, configuring])('is told by %s if it is none', async (_, script, options) => {
    const variables = { ...keys, HTTPS_PROXY: 'socks5://me:secret@host:1' };
    const { stdout, stderr } = await run(script, options, variables);
    expect(`${stdout}${stderr}`).toContain(
      'HTTPS_PROXY is not the URL of an HTTP proxy: got socks5://***@host:1; use http://HOST:PORT',
    );
  });
});

describe('a profile without a session', () => {
  it.each([local, verify, configuring])('makes %s name the command for SSO', async (_, script, options) => {
    const { stdout, stderr } = await run(script, options, { AWS_PROFILE: 'left' });
    expect(`${stdout}${stderr}`).toMatch(/SSO.* run 'aws sso login' with the corresponding profile/);
  });

  it.each([verify, configuring])('makes %s name the command for MFA', async (_, script, options) => {
    const { stdout, stderr } = await run(script, options, { AWS_PROFILE: 'mfa' });
    expect(`${stdout}${stderr}`).toMatch(
      /profile mfa needs a code of .*: aws configure export-credentials --profile mfa --format env\b/,
    );
  });
});

it('the file of the environment has the Region of the shell', () => {
  expect(readFileSync(join(project, 'environments', 'production.json'), 'utf8')).toContain(
    '"region": "eu-west-1"',
  );
});
