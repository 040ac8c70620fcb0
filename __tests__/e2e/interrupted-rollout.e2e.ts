/** Credentials expire while the StackSet deploys the report role: it must stay in the accounts that have it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultOptions } from '../../constructs/environment/environment';
import { temporaryFolder } from '../../tools/support/embedded';
import { noteOf } from '../support/emulator/calls/parsed-request';
import { Emulator } from '../support/emulator/emulator';
import { type Gap, queryError, queryOf } from '../support/emulator/front';
import { createOrganization } from '../support/emulator/organization';
import { changedAttributes } from './plan';
import { reportRoles } from './report-roles';
import { adaptToProvider, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

const INSTANCE = 'aws_cloudformation_stack_set_instance';

/** The credentials of whoever waits for the operation have expired. */
const expired: Gap = {
  before: (request) => {
    if (queryOf(request).get('Action') !== 'DescribeStackSetOperation') return undefined;
    return queryError(403, 'ExpiredToken', 'The security token included in the request is expired');
  },
};

/** What became of a command. */
const outcomeOf = (command: Promise<unknown>): Promise<string> =>
  command.then(
    () => 'done',
    (error: unknown) => (error as Error).message,
  );

describe('a rollout that is interrupted', () => {
  const called = new Set<string>();
  let address: string;
  const seen = {
    apply: '',
    nextPlan: '',
    calledByNextPlan: [] as string[],
    rolesBefore: [] as string[],
    rolesAfter: [] as string[],
    afterUntaint: [] as string[],
  };

  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    const emulator = await Emulator.start();
    try {
      const caller = emulator.administrator('us-east-1');
      const organization = await createOrganization(caller);
      const stack = synthesizeForEmulator('production', {}, folder);
      const terraform = new Terraform(stack, caller);
      adaptToProvider(stack, await terraform.init());
      const { resource } = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as {
        resource: Record<string, Record<string, object>>;
      };
      address = `${INSTANCE}.${Object.keys(resource[INSTANCE] ?? {}).join()}`;
      const rolled = async () =>
        Object.keys(await reportRoles(defaultOptions.reportRoleName, organization)).sort();

      await terraform.planActions(`-target=${address}`);
      emulator.watch(expired);
      seen.apply = await outcomeOf(terraform.apply());
      emulator.forget(expired);
      emulator.watch(noteOf(called));
      seen.rolesBefore = await rolled();

      called.clear();
      seen.nextPlan = await outcomeOf(terraform.planJson(`-target=${address}`));
      seen.calledByNextPlan = [...called];

      await terraform.untaint(address);
      seen.afterUntaint = changedAttributes(await terraform.plan(`-target=${address}`));
      seen.rolesAfter = await rolled();
    } finally {
      await emulator.stop();
      remove();
    }
  }, 300_000);

  const writes = (actions: string[]) => actions.filter((action) => !/:(Describe|List|Get)/.test(action));

  it('ends the apply with the error of AWS', () => {
    expect(seen.apply).toMatch(/waiting for completion: .*ExpiredToken/);
    expect(seen.rolesBefore).toEqual(expect.arrayContaining(['data', 'payments', 'sandbox']));
  });

  it('makes the next plan fail with the address, before it changes anything', () => {
    expect(seen.nextPlan).toContain('Instance cannot be destroyed');
    expect(seen.nextPlan).toContain(address);
    expect(writes(seen.calledByNextPlan)).toEqual([]);
  });

  it('leaves nothing to change after terraform untaint, and the role in every account', () => {
    expect(seen.afterUntaint).toEqual([]);
    expect(seen.rolesAfter).toEqual(seen.rolesBefore);
  });
});
