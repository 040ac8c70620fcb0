/** A profile with `mfa_serial`, in a real pseudo-terminal, which `script` of util-linux makes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Service } from '../../../local/fake-aws/service';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';

const { folder, remove } = temporaryFolder();
const organization = organizationOf({});
const account = organization.accounts[0]!.id;
const codes: string[] = [];
let endpoint: LocalEndpoint;

beforeAll(async () => {
  const services = servicesOf(organization, folder);
  const sts: Service = (request) => {
    codes.push(new URLSearchParams(request.body.toString()).get('TokenCode') ?? '');
    return services.sts!(request);
  };
  endpoint = await LocalEndpoint.start({ ...services, sts });
  const role = `role_arn = arn:aws:iam::${account}:role/auditor\nsource_profile = keys\nregion = eu-west-1`;
  const keys = 'aws_access_key_id = AKIAEXAMPLEOFPROFILE\naws_secret_access_key = secret';
  writeFileSync(
    join(folder, 'config'),
    `[profile audit]\n${role}\nmfa_serial = arn:aws:iam::${account}:mfa/me\n[profile keys]\n${keys}\n`,
  );
});
afterAll(async () => {
  await endpoint.stop();
  remove();
});

/** Runs `verify` for a bucket that does not exist, and presses keys when it asks for a code. */
async function verify(keys: string[]) {
  codes.length = 0;
  const out = join(folder, 'stdout');
  const command = `'${process.execPath}' --import tsx tools/verify/main.ts s3://nothing --json > '${out}'`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: projectRoot,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
      AWS_PROFILE: 'audit',
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_ENDPOINT_URL: endpoint.url,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let shown = '';
  child.stdout.on('data', (data: Buffer) => {
    shown += data.toString();
    if (shown.includes('MFA code of')) for (const key of keys.splice(0)) child.stdin.write(key);
  });
  const [status] = (await closed) as [number];
  return { status, shown: stripVTControlCharacters(shown), stdout: readFileSync(out, 'utf8') };
}

(existsSync('/usr/bin/script') ? describe : describe.skip)('a profile that needs an MFA code', () => {
  it('is asked for it on the terminal, and standard output stays clean', async () => {
    const { status, shown, stdout } = await verify(['123456\r']);
    expect(shown).toContain(`MFA code of arn:aws:iam::${account}:mfa/me`);
    expect(codes).toEqual(['123456']);
    expect(shown).toContain('error: s3://nothing/ has no folder manifests/');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('can be interrupted there', async () => {
    const { status, shown } = await verify(['\u0003']);
    expect(status).toBe(130);
    expect(codes).toEqual([]);
    expect(shown).not.toContain('error:');
  });
});
