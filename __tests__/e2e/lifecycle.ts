import { defaultOptions } from '../../constructs/environment/environment';
import { generatedBucketName } from '../../constructs/storage/bucket-name';
import type { RoleCall } from '../../tools/policies/role-decision';
import { temporaryFolder } from '../../tools/support/embedded';
import { Emulator } from '../support/emulator/emulator';
import { refusalOf, stackInstancesOf } from '../support/emulator/gaps';
import { MANAGEMENT, createOrganization } from '../support/emulator/organization';
import { Bucket } from './bucket';
import { expectedOwners } from './bucket-owners';
import { type ChangedRun, runChanged } from './changed-run';
import { Deployment } from './deployment';
import { createDeployer } from './deployer';
import { listedAfterwards } from './ended-execution';
import type { EnvironmentFile, TestedEnvironment } from './environments';
import { inventory } from './inventory';
import { type ObservedRun, observedRun } from './observed-run';
import type { ResourceChange } from './plan';
import { putReport } from './stored';
import { type Verification, verification } from './verification';

/** What was seen of an environment from its first plan to its end. */
export interface Lifecycle extends ObservedRun {
  /** What the state machine sent to topics. */
  published: Emulator['published'];
  /** What `list-accounts` answers once the run has ended. */
  listedAfterwards: string;
  /** Which accounts the functions expected to own the bucket. */
  bucketOwners: string[];
  /** Whether it has a StackSet. */
  rolesAreRolledOut: boolean;
  firstPlan: ResourceChange[];
  /** Attributes that the plan after the run would change. */
  secondPlan: string[];
  /** What an auditor finds after the first run. */
  verification: Verification;
  /** What was seen after the environment had changed, if it did. */
  changedRun: ChangedRun | undefined;
  /** What came of destroying a protected environment before it allowed that. */
  refusal: { message: string; before: string[]; after: string[] } | undefined;
  /** What was in the account before, and after everything was destroyed. */
  before: string[];
  after: string[];
  /** Addresses that Terraform holds after everything was destroyed. */
  held: string[];
  /** Version of the AWS provider. */
  provider: string;
  /** What Terraform called. */
  calls: RoleCall[];
}

/** Deploys an environment with Terraform, runs it, plans again, and destroys it. */
export async function lifecycle(row: TestedEnvironment): Promise<Lifecycle> {
  const { folder, remove } = temporaryFolder();
  const emulator = await Emulator.start();
  try {
    const organization = await createOrganization(emulator.administrator('us-east-1'));
    const environment = { ...(await row.environment(organization)), allowDestroy: !row.isProtected };
    const { region = 'us-east-1', reportRoleName = defaultOptions.reportRoleName, roles } = environment;
    const reportRole = `${roles?.path?.slice(1) ?? ''}${reportRoleName}`;
    const runsIn = row.runsIn ?? MANAGEMENT;
    const caller = { ...(await organization.administrator(runsIn)), region };
    emulator.account = organization.account(runsIn);
    emulator.fill(stackInstancesOf([...organization.accounts.values()]));
    for (const [name, outcome] of Object.entries(row.outcomes ?? {})) {
      if (outcome === 'failed') emulator.fill(refusalOf(organization.account(name), reportRole));
    }
    const deployer = await createDeployer({
      emulator,
      organization,
      runsIn: row.runsIn,
      name: row.name,
      environment,
    });
    const before = await inventory(caller, organization);

    const deployment = new Deployment(row.name, { folder, emulator, caller, deployer: deployer.caller });
    const firstPlan = await deployment.plan(environment);
    await deployment.apply();
    const bucket = new Bucket(
      await deployment.output('report_bucket'),
      environment.bucket?.prefix ?? '',
      caller,
    );
    const owners = expectedOwners(emulator, caller);
    const first = await deployment.run(row.name);
    const bucketOwners = owners();
    const run = await observedRun(first, bucket, organization, reportRoleName);
    const published = [...emulator.published];
    const stateMachine = await deployment.output('state_machine_arn');
    const afterwards = await listedAfterwards(emulator.lambda, stateMachine, row.name, caller);
    const secondPlan = await deployment.changes();
    const head = ['--expect-head', first.manifest.sha256];
    const audited = await verification(bucket.url, caller, ...head);
    const changedRun =
      row.change &&
      (await runChanged({ ...environment, ...row.change }, { deployment, bucket, organization, folder }));

    if (environment.athena) {
      // Results of a query, which are destroyed with the tables.
      const place = row.bucketIn ?? runsIn;
      const results = generatedBucketName(row.name, organization.account(place), region, 'queries').name;
      await putReport(results, { ...(await organization.administrator(place)), region });
    }
    const refusal = row.isProtected && (await refusedDestruction(deployment, environment));
    await deployment.destroy();
    const held = await deployment.resources();
    deployer.permissions.assertNothingDenied();
    return {
      ...run,
      published,
      listedAfterwards: afterwards,
      bucketOwners,
      rolesAreRolledOut: environment.roleDeployment?.kind !== 'none',
      firstPlan,
      secondPlan,
      verification: audited,
      changedRun,
      refusal,
      before,
      after: await inventory(caller, organization),
      held,
      provider: deployment.provider,
      calls: deployer.role.calls,
    };
  } finally {
    await emulator.stop();
    remove();
  }
}

/** Tries to destroy an environment that does not allow it, and then allows it. */
async function refusedDestruction(deployment: Deployment, environment: EnvironmentFile) {
  const before = await deployment.resources();
  const message = await deployment.destroy().then(
    () => 'destroyed',
    (error: unknown) => String(error),
  );
  const after = await deployment.resources();
  await deployment.applyActions({ ...environment, allowDestroy: true });
  return { message, before, after };
}
