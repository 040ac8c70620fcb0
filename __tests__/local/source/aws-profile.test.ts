import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertProfileExists } from '../../../local/source/aws-profile';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const files = {
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
};
writeFileSync(
  files.AWS_CONFIG_FILE,
  '[profile audit]\nregion = eu-west-1\n[sso-session company]\nsso_region = eu-west-1\n',
);

describe('the profile of AWS_PROFILE', () => {
  it.each([undefined, 'default', 'audit'])('is accepted if it is %s', async (profile) => {
    await expect(assertProfileExists({ ...files, AWS_PROFILE: profile })).resolves.toBeUndefined();
  });

  it.each(['aduit', 'company'])(
    '%s is reported as missing, with the files and the profiles',
    async (profile) => {
      await expect(assertProfileExists({ ...files, AWS_PROFILE: profile })).rejects.toThrow(
        `AWS_PROFILE is "${profile}", but there is no such profile in ${files.AWS_SHARED_CREDENTIALS_FILE} (not found) ` +
          `or ${files.AWS_CONFIG_FILE}. Use one of: audit`,
      );
    },
  );
});
