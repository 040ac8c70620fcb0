import { join } from 'node:path';
import { keys } from '../../handlers/contract';
import type { Coverage } from '../../handlers/coverage';
import { temporaryFolder } from '../embedded';
import { Emulator } from '../emulator/emulator';
import { refusalOf, stackInstancesOf } from '../emulator/gaps';
import {
  MANAGEMENT,
  type Organization,
  createOrganization,
  credentialReport,
} from '../emulator/organization';
import { Bucket } from './bucket';
import { DEFAULT_REPORT_ROLE_NAME } from '../../constructs/report-role-policy';
import { deployedFunctions } from './deployed-functions';
import type { TestedEnvironment } from './environments';
import { type Execution, runToEnd } from './execution';
import { inventory } from './inventory';
import { type ResourceChange, changedAttributes } from './plan';
import { type ReportRole, reportRoles } from './report-roles';
import { acceptAnyProvider, adaptToEmulator, adaptToProvider5, synthesize } from './synthesis';
import { Terraform } from './terraform';

/** What was seen of an environment from its first plan to its end. */
export interface Lifecycle extends Run {
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

interface Run {
  /** Account ids by name. */
  accounts: Organization['accounts'];
  execution: Execution;
  manifest: Coverage;
  /** Objects below the date of the run, by key. */
  stored: Record<string, string>;
  /** What IAM gives to an administrator of each collected account, by the key that its report should have. */
  reports: Record<string, string>;
  /** The report role of every account that has one, by the name of the account. */
  reportRoles: Record<string, ReportRole>;
}

/** Deploys an environment with Terraform, runs it once, plans again, and destroys it. */
export async function lifecycle(row: TestedEnvironment): Promise<Lifecycle> {
  const { folder, remove } = temporaryFolder();
  const emulator = await Emulator.start();
  try {
    const organization = await createOrganization(emulator.administrator('us-east-1'));
    const environment = await row.environment(organization);
    const { region = 'us-east-1', reportRoleName = DEFAULT_REPORT_ROLE_NAME } = environment;
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
    const run = await observed(execution, bucket, organization, reportRoleName);

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

async function observed(
  execution: Execution,
  bucket: Bucket,
  organization: Organization,
  reportRoleName: string,
): Promise<Run> {
  const date = execution.startedAt.toISOString().slice(0, 'YYYY-MM-DD'.length);
  const key = keys.manifest(keys.run(date, execution.name));
  const manifest = JSON.parse((await bucket.objects(key))[key] ?? 'null') as Coverage;
  const collected = manifest.accounts.filter(({ outcome }) => outcome === 'collected');
  const reports = collected.map(async ({ id, name }) => [
    keys.report(date, id),
    await credentialReport(await organization.administrator(name)),
  ]);
  return {
    accounts: organization.accounts,
    execution,
    manifest,
    stored: await bucket.objects(`${date}/`),
    reports: Object.fromEntries(await Promise.all(reports)) as Record<string, string>,
    reportRoles: await reportRoles(reportRoleName, organization),
  };
}
