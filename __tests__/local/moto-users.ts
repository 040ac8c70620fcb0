import { join } from 'node:path';
import { type Caller, aws } from '../emulator/aws-cli';

/** Users of three kinds: a person with password and MFA, a machine with two keys, and one with nothing. */
export async function makeUsers(account: string, caller: Caller, folder: string): Promise<void> {
  const iam = <Answer>(command: string, options: Record<string, string> = {}) =>
    aws<Answer>(caller, `iam ${command}`, options);

  await iam('create-user --user-name person');
  await iam('create-login-profile --user-name person', { password: 'correct horse battery' });
  await iam('create-access-key --user-name person');
  const { VirtualMFADevice } = await iam<{ VirtualMFADevice: { SerialNumber: string } }>(
    'create-virtual-mfa-device --virtual-mfa-device-name person --bootstrap-method Base32StringSeed',
    { outfile: join(folder, `seed-${account}`) },
  );
  await iam(
    'enable-mfa-device --user-name person --authentication-code1 123456 --authentication-code2 654321',
    {
      'serial-number': VirtualMFADevice.SerialNumber,
    },
  );

  await iam('create-user --user-name machine');
  const { AccessKey } = await iam<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(
    'create-access-key --user-name machine',
  );
  const second = await iam<{ AccessKey: { AccessKeyId: string } }>('create-access-key --user-name machine');
  await iam('update-access-key --user-name machine --status Inactive', {
    'access-key-id': second.AccessKey.AccessKeyId,
  });
  // The report tells when a key was used; nothing uses it again, so that it tells the same each time.
  await aws(
    {
      url: caller.url,
      region: caller.region,
      accessKeyId: AccessKey.AccessKeyId,
      secretAccessKey: AccessKey.SecretAccessKey,
    },
    'sts get-caller-identity',
  );

  await iam('create-user --user-name idle');
}
