import { temporaryFolder } from '../../../tools/support/embedded';
import { aws } from '../../support/emulator/aws-cli';
import { Emulator } from '../../support/emulator/emulator';
import { MANAGEMENT, type Organization, createOrganization } from '../../support/emulator/organization';
import { Deployment } from '../deployment';
import type { EnvironmentFile } from '../environments';
import type { Chain, Change, Existing } from './changes';
import { anonymous, destroyed, differences, planned, refusal, shown } from './outcome';
import { keyStates, putReport, storedIn } from '../stored';

/** What came of a change. */
export interface Row {
  option: string;
  from: string;
  to: string;
  /** What the plan would do, or why Terraform refuses it. */
  plan: string;
  until: Change['until'];
  /** What is different in the bucket of before and about the keys; nothing is known after a plan only. */
  differs: string[];
  /** Types of the resources that the plan destroys or replaces. */
  destroys: string[];
}

/** Makes one change after the other, each with a report in the bucket. */
export async function runChain(
  make: (organization: Organization, existing: Existing) => Chain,
): Promise<Row[]> {
  const { folder, remove } = temporaryFolder();
  const emulator = await Emulator.start();
  try {
    const caller = emulator.administrator('us-east-1');
    const organization = await createOrganization(caller);
    await aws(caller, 's3api create-bucket --bucket auditors');
    const { KeyMetadata } = await aws<{ KeyMetadata: { Arn: string } }>(caller, 'kms create-key');
    const chain = make(organization, { bucket: 'auditors', keyArn: KeyMetadata.Arn });

    const deployment = new Deployment(chain.name, { folder, emulator, caller });
    await deployment.applyActions(chain.from);
    const rows: Row[] = [];
    let now = chain.from;
    for (const change of chain.changes) {
      rows.push(await makeChange(change, now, deployment, organization));
      if (isApplied(change)) now = { ...now, ...change.to };
    }
    return rows;
  } finally {
    await emulator.stop();
    remove();
  }
}

const isApplied = ({ until }: Change) => until === 'apply' || until === 'adopt';

async function makeChange(
  change: Change,
  from: EnvironmentFile,
  deployment: Deployment,
  organization: Organization,
): Promise<Row> {
  const { option, to, until } = change;
  const file = { ...from, ...to };
  const look =
    until === 'plan' ? () => Promise.resolve({}) : await lookAtBucket(deployment, from, organization);
  const before = await look();
  const { plan, destroys } = await doneBy(file, until, deployment);
  const value = (values: EnvironmentFile) => anonymous(shown(values, option), organization);
  return {
    option,
    from: value(from),
    to: value(file),
    plan,
    until,
    differs: differences(before, await look()),
    destroys,
  };
}

/** Does to a deployment what a change is tried with. */
async function doneBy(file: EnvironmentFile, until: Change['until'], deployment: Deployment) {
  try {
    if (until === 'adopt') {
      await deployment.prepare(file);
      await deployment.adoptBucket();
    }
    const actions = await actionsOf(file, until, deployment);
    return { plan: planned(actions), destroys: destroyed(actions) };
  } catch (error) {
    if (until !== 'refuse') throw error;
    return { plan: refusal(error as Error), destroys: [] };
  }
}

async function actionsOf(file: EnvironmentFile, until: Change['until'], deployment: Deployment) {
  switch (until) {
    case 'plan':
      // Nothing but the test changes what is deployed.
      return deployment.planActions(file, '-refresh=false');
    case 'refuse':
      await deployment.plan(file);
      return [];
    default:
      return deployment.applyActions(file);
  }
}

/** Puts a report into the bucket that is deployed now, and says how to look at it later. */
async function lookAtBucket(
  deployment: Deployment,
  { loggingAccount }: EnvironmentFile,
  organization: Organization,
) {
  const bucket = await deployment.output('report_bucket');
  const owner =
    [...organization.accounts].find(([, id]) => id === loggingAccount?.accountId)?.[0] ?? MANAGEMENT;
  const caller = { ...(await organization.administrator(owner)), region: 'us-east-1' };
  await putReport(bucket, caller);
  return async () => ({ ...(await storedIn(bucket, caller)), ...(await keyStates(caller)) });
}
