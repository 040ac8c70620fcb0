import { join } from 'node:path';
import { defaultOptions } from '../../constructs/environment/environment';
import { temporaryFolder } from '../../tools/support/embedded';
import { Emulator } from '../support/emulator/emulator';
import { refusalOf, stackInstancesOf } from '../support/emulator/gaps';
import { MANAGEMENT, createOrganization } from '../support/emulator/organization';
import { Bucket } from './bucket';
import { deployedFunctions } from './deployed-functions';
import type { TestedEnvironment } from './environments';
import { runToEnd } from './execution';
import { inventory } from './inventory';
import { type ObservedRun, observedRun } from './observed-run';
import { type ResourceChange, changedAttributes } from './plan';
import { acceptAnyProvider, adaptToEmulator, adaptToProvider5, synthesize } from './synthesis';
import { Terraform } from './terraform';

/** What was seen of an environment from its first plan to its end. */
export interface Lifecycle extends ObservedRun {
  /** What the state machine sent to topics. */
  published: Emulator['published'];
  /** Whether it has a StackSet. */
  rolesAreRolledOut: boolean;
  firstPlan: ResourceChange[];
  /** Attributes that the plan after the run would change. */
  secondPlan: string[];
  /** What was in the account before, and after everything was destroyed. */
  before: string[];
  after: string[];
  /** Addresses that Terraform holds after everything was destroyed. */
  held: string[];
}

/** Deploys an environment with Terraform, runs it once, plans again, and destroys it. */
export async function lifecycle(row: TestedEnvironment): Promise<Lifecycle> {
  const { folder, remove } = temporaryFolder();
  const emulator = await Emulator.start();
  try {
    const organization = await createOrganization(emulator.administrator('us-east-1'));
    const environment = await row.environment(organization);
    const { region = 'us-east-1', reportRoleName = defaultOptions.reportRoleName } = environment;
    const runsIn = row.runsIn ?? MANAGEMENT;
    const caller = { ...(await organization.administrator(runsIn)), region };
    emulator.account = organization.account(runsIn);
    emulator.fill(stackInstancesOf([...organization.accounts.values()]));
    for (const [name, outcome] of Object.entries(row.outcomes ?? {})) {
      if (outcome === 'failed') emulator.fill(refusalOf(organization.account(name), reportRoleName));
    }
    const before = await inventory(caller, organization);

    const stack = synthesize(row.name, environment, folder);
    const terraform = new Terraform(stack, caller);
    acceptAnyProvider(stack);
    adaptToEmulator(stack);
    if ((await terraform.init()).startsWith('5.')) adaptToProvider5(stack);
    await terraform.validate();
    const firstPlan = await terraform.plan();
    await terraform.apply();

    emulator.lambda = await deployedFunctions(stack, caller, join(folder, 'logs'));
    const bucket = new Bucket(await terraform.output('report_bucket'), caller);
    const execution = await runToEnd(await terraform.output('state_machine_arn'), row.name, caller);
    const run = await observedRun(execution, bucket, organization, reportRoleName);

    const secondPlan = changedAttributes(await terraform.plan());
    await bucket.empty();
    await terraform.destroy();
    return {
      ...run,
      published: emulator.published,
      rolesAreRolledOut: environment.roleDeployment?.kind !== 'none',
      firstPlan,
      secondPlan,
      before,
      after: await inventory(caller, organization),
      held: await terraform.resources(),
    };
  } finally {
    await emulator.stop();
    remove();
  }
}
