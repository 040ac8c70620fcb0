/** An organization in moto, made with the AWS CLI as a person would. */
import { join } from 'node:path';
import { type Caller, aws } from './aws-cli';

/** Name that moto gives to the management account. */
const MANAGEMENT = 'master';
const MEMBERS = ['payments', 'data', 'sandbox'];

export interface MotoOrganization {
  id: string;
  /** Who the caller is. */
  identity: { Account: string; Arn: string };
  /** Who may do everything in an account, by the id of the account. */
  administrators: ReadonlyMap<string, Caller>;
}

export async function makeOrganization(caller: Caller, folder: string): Promise<MotoOrganization> {
  const { Organization } = await aws<{ Organization: { Id: string } }>(
    caller,
    'organizations create-organization',
  );
  for (const name of MEMBERS) {
    await aws(caller, `organizations create-account --account-name ${name} --email ${name}@example.com`);
  }
  const { Accounts } = await aws<{ Accounts: { Id: string; Name: string }[] }>(
    caller,
    'organizations list-accounts',
  );
  const administrators = new Map<string, Caller>();
  for (const { Id, Name } of Accounts) {
    administrators.set(Id, Name === MANAGEMENT ? caller : await administratorOf(Id, caller));
  }
  await Promise.all([...administrators].map(([id, administrator]) => makeUsers(id, administrator, folder)));
  return { id: Organization.Id, identity: await aws(caller, 'sts get-caller-identity'), administrators };
}

async function administratorOf(account: string, caller: Caller): Promise<Caller> {
  const { Credentials } = await aws<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>(caller, 'sts assume-role --role-session-name test', {
    'role-arn': `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
  });
  return {
    ...caller,
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

/** Users of three kinds: a person with password and MFA, a machine with two keys, and one with nothing. */
async function makeUsers(account: string, caller: Caller, folder: string): Promise<void> {
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
  const { AccessKey: used } = await iam<{ AccessKey: Key }>('create-access-key --user-name machine');
  const { AccessKey: old } = await iam<{ AccessKey: Key }>('create-access-key --user-name machine');
  await iam('update-access-key --user-name machine --status Inactive', { 'access-key-id': old.AccessKeyId });
  // The report tells when a key was used last. Nothing uses it again, or the report would change with every look.
  const { url, region } = caller;
  const machine = { url, region, accessKeyId: used.AccessKeyId, secretAccessKey: used.SecretAccessKey };
  await aws(machine, 'sts get-caller-identity');

  await iam('create-user --user-name idle');
}

interface Key {
  AccessKeyId: string;
  SecretAccessKey: string;
}
