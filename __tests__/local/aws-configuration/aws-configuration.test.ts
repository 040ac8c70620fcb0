import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsConfiguration } from '../../../local/aws-configuration/aws-configuration';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
const before = { ...process.env };
afterAll(() => {
  process.env = before;
  remove();
});

const config = join(folder, 'config');
writeFileSync(
  config,
  `
[profile audit]
region = eu-west-1
aws_access_key_id = AKIAEXAMPLEOFPROFILE
aws_secret_access_key = secret
[profile none]
output = json
[profile elsewhere]
aws_access_key_id = AKIAEXAMPLEELSEWHERE
aws_secret_access_key = secret
`,
);

/** The configuration of a shell that has these variables and no others. */
function configurationOf(variables: Record<string, string>) {
  const others = Object.entries(before).filter(([name]) => !name.startsWith('AWS_'));
  process.env = {
    ...Object.fromEntries(others),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    ...variables,
  };
  return awsConfiguration(process.env);
}

const audit = { AWS_PROFILE: 'audit' };

describe('the AWS configuration of a shell', () => {
  it.each<[variables: Record<string, string>, region: object | undefined]>([
    [{}, undefined],
    [{ AWS_PROFILE: 'elsewhere' }, undefined],
    [audit, { name: 'eu-west-1', from: 'profile audit' }],
    [{ AWS_DEFAULT_PROFILE: 'audit' }, { name: 'eu-west-1', from: 'profile audit' }],
    [
      { ...audit, AWS_DEFAULT_REGION: 'eu-central-1' },
      { name: 'eu-central-1', from: 'AWS_DEFAULT_REGION' },
    ],
    [
      { ...audit, AWS_DEFAULT_REGION: 'eu-central-1', AWS_REGION: 'us-gov-west-1' },
      { name: 'us-gov-west-1', from: 'AWS_REGION' },
    ],
    [
      { ...audit, AWS_DEFAULT_REGION: 'eu-central-1', AWS_REGION: '' },
      { name: 'eu-central-1', from: 'AWS_DEFAULT_REGION' },
    ],
    [
      { ...audit, AWS_DEFAULT_REGION: '', AWS_REGION: '' },
      { name: 'eu-west-1', from: 'profile audit' },
    ],
  ])('for %j has the Region %j', async (variables, region) => {
    expect((await configurationOf(variables)).region).toEqual(region);
  });

  it.each([' eu-central-1 ', 'eu-central', 'nowhere-east-1'])('cannot have the Region "%s"', async (name) => {
    await expect(configurationOf({ AWS_DEFAULT_REGION: name })).rejects.toThrow(
      `AWS_DEFAULT_REGION must name an AWS Region: got "${name}"`,
    );
  });

  it.each([
    [{ AWS_PROFILE: 'none' }, 'in profile none'],
    [{}, 'in the environment or the default profile'],
  ])('for %j says what to do without credentials', async (variables, place) => {
    const { client } = await configurationOf({ ...variables, AWS_EC2_METADATA_DISABLED: 'true' });
    await expect(client.credentials()).rejects.toThrow(
      `no credentials ${place}: sign in, for example with aws sso login, or set AWS_PROFILE`,
    );
  });

  const exported = { AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXPORTED0', AWS_SECRET_ACCESS_KEY: 'secret' };
  it.each<[variables: Record<string, string>, accessKeyId: string]>([
    [audit, 'AKIAEXAMPLEOFPROFILE'],
    [{ AWS_DEFAULT_PROFILE: 'audit' }, 'AKIAEXAMPLEOFPROFILE'],
    [{ AWS_PROFILE: 'elsewhere', AWS_DEFAULT_PROFILE: 'audit' }, 'AKIAEXAMPLEELSEWHERE'],
    [exported, 'ASIAEXAMPLEEXPORTED0'],
    [{ ...audit, ...exported }, 'ASIAEXAMPLEEXPORTED0'],
    [{ ...audit, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, 'AKIAEXAMPLEOFPROFILE'],
  ])('for %j has the credentials %s', async (variables, accessKeyId) => {
    const { client } = await configurationOf(variables);
    expect((await client.credentials()).accessKeyId).toBe(accessKeyId);
  });
});
