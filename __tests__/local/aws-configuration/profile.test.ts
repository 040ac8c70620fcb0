import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile } from '../../../local/aws-configuration/profile';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const files = {
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
};
writeFileSync(
  files.AWS_CONFIG_FILE,
  '[profile audit]\nregion = eu-west-1\n[profile empty]\nregion =\noutput = json\n[sso-session company]\nsso_region = eu-west-1\n',
);

describe('the profile of a shell', () => {
  it.each([
    [undefined, undefined, { name: undefined, region: undefined }],
    ['default', undefined, { name: 'default', region: undefined }],
    ['audit', undefined, { name: 'audit', region: 'eu-west-1' }],
    ['audit', 'empty', { name: 'audit', region: 'eu-west-1' }],
    [undefined, 'audit', { name: 'audit', region: 'eu-west-1' }],
    ['empty', undefined, { name: 'empty', region: undefined }],
  ])('for AWS_PROFILE %s and AWS_DEFAULT_PROFILE %s is %j', async (profile, fallback, expected) => {
    const variables = { ...files, AWS_PROFILE: profile, AWS_DEFAULT_PROFILE: fallback };
    expect(await readProfile(variables)).toEqual(expected);
  });

  it('has the Region of the credentials file before that of the configuration file', async () => {
    const AWS_SHARED_CREDENTIALS_FILE = join(folder, 'with-region');
    writeFileSync(AWS_SHARED_CREDENTIALS_FILE, '[audit]\nregion = eu-north-1\n');
    const variables = { ...files, AWS_SHARED_CREDENTIALS_FILE, AWS_PROFILE: 'audit' };
    expect(await readProfile(variables)).toEqual({ name: 'audit', region: 'eu-north-1' });
  });

  it.each([
    ['AWS_PROFILE', 'aduit'],
    ['AWS_PROFILE', 'company'],
    ['AWS_DEFAULT_PROFILE', 'aduit'],
  ])(
    'that %s calls %s is reported as missing, with the files and the profiles',
    async (variable, profile) => {
      await expect(readProfile({ ...files, [variable]: profile })).rejects.toThrow(
        `${variable} is "${profile}", but there is no such profile in ${files.AWS_SHARED_CREDENTIALS_FILE} (not found) ` +
          `or ${files.AWS_CONFIG_FILE}. Use one of: audit, empty`,
      );
    },
  );
});
