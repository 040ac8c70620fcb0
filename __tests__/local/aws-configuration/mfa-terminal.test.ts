/** A profile with `mfa_serial`, in a terminal. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { type Service } from '../../../local/fake-aws/service';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';
import { typescriptOptions } from '../../../local/typescript';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';
import { CTRL_C, inTerminal, visible } from '../../support/pseudo-terminal';

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
  const { accessKeyId, secretAccessKey } = credentialsOf();
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
  writeFileSync(
    join(folder, 'config'),
    `[profile audit]\n${role}\nmfa_serial = arn:aws:iam::${account}:mfa/me\n[profile keys]\n${keys}\n`,
  );
});
afterAll(async () => {
  await endpoint.stop();
  remove();
});

/** Runs `verify` for a bucket that does not exist, and types when it asks for a code. */
async function verify(keys: string) {
  codes.length = 0;
  const out = join(folder, 'stdout');
  const command = [process.execPath, ...typescriptOptions, 'tools/verify/main.ts', 's3://nothing', '--json'];
  let isTyped = false;
  const { code, printed } = await inTerminal(['sh', '-c', 'exec "$0" "$@" > "$STDOUT"', ...command], {
    cwd: projectRoot,
    env: {
      // Empty variables count as not set.
      ...Object.fromEntries(
        Object.keys(process.env).flatMap((name) => (name.startsWith('AWS_') ? [[name, '']] : [])),
      ),
      AWS_PROFILE: 'audit',
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_ENDPOINT_URL: endpoint.url,
      STDOUT: out,
    },
    look: (shown, { type }) => {
      if (isTyped || !shown.includes('MFA code of')) return;
      isTyped = true;
      type(keys);
    },
  });
  return { code, shown: visible(printed), stdout: readFileSync(out, 'utf8') };
}

describe('a profile that needs an MFA code', () => {
  it('is asked for it on the terminal, and standard output stays clean', async () => {
    const { code, shown, stdout } = await verify('123456\r');
    expect(shown).toContain(`MFA code of arn:aws:iam::${account}:mfa/me`);
    expect(codes).toEqual(['123456']);
    expect(shown).toContain('error: s3://nothing/ has no folder manifests/');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('can be interrupted there', async () => {
    const { code, shown } = await verify(CTRL_C);
    expect(code).toBe(130);
    expect(codes).toEqual([]);
    expect(shown).not.toContain('error:');
  });
});
