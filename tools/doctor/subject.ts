import { Deployment } from '../../constructs/deployment';
import type { Environment } from '../../constructs/environment/environment';
import type { CallerIdentity } from '../../local/aws-configuration/caller-identity';
import type { AwsReader } from './aws-reader';
import { ExpectedStack } from './expected-stack';
import { type TerraformState, readState } from './terraform-state';

export interface SubjectProps {
  readonly name: string;
  readonly environment: Environment;
  /** Text of the lock file of the provider, if there is one. */
  readonly providerLock: string | undefined;
  /** A day without a run is counted from it. */
  readonly now: Date;
}

/** The environment that is examined, and what several checks need to know about it. */
export interface Subject extends SubjectProps {
  readonly caller: CallerIdentity;
  readonly deployment: Deployment;
  readonly organization: Organization | undefined;
  readonly stack: ExpectedStack;
  readonly state: TerraformState;
  /** Whether its state machine exists; nothing if that cannot be seen. */
  readonly isDeployed: boolean | undefined;
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
}

/** How CloudFormation is to take the caller. */
export const callAsOf = ({ collectFrom }: Environment) =>
  collectFrom === 'delegated-administrator' ? 'DELEGATED_ADMIN' : 'SELF';

export async function subjectOf(
  props: SubjectProps,
  caller: CallerIdentity,
  aws: AwsReader,
): Promise<Subject> {
  const { name, environment } = props;
  const { organizationId } = environment;
  const deployment = deploymentOf(name, environment, caller);
  const organization = await organizationOf(aws);
  const stack = new ExpectedStack(name, environment, caller.account, organizationId ?? organization?.id);
  const state = await readState(aws, stack);
  const isDeployed = await hasStateMachine(aws, deployment);
  return { ...props, caller, deployment, organization, stack, state, isDeployed };
}

const deploymentOf = (name: string, environment: Environment, { account }: CallerIdentity) =>
  new Deployment(name, environment.region, account, environment.architecture, environment.roles);

/** Nothing if it cannot be seen; the check of the organization says why. */
async function organizationOf(aws: AwsReader): Promise<Organization | undefined> {
  try {
    const { Organization: found } = await aws.get('organizations:DescribeOrganization', {});
    if (!found) return undefined;
    const { Id: id = '', MasterAccountId: managementAccountId = '' } = found;
    return { id, managementAccountId };
  } catch {
    return undefined;
  }
}

async function hasStateMachine(
  aws: AwsReader,
  { stateMachineArn }: Deployment,
): Promise<boolean | undefined> {
  try {
    return (await aws.find('states:DescribeStateMachine', { stateMachineArn })) !== undefined;
  } catch {
    return undefined;
  }
}

/** What can be said of an environment without AWS. */
export function subjectWithoutAws(props: SubjectProps, reason: string): Subject {
  const { name, environment } = props;
  const caller = { account: NO_ACCOUNT, arn: '' };
  return {
    ...props,
    caller,
    deployment: deploymentOf(name, environment, caller),
    organization: undefined,
    state: { place: '', unreadable: reason },
    isDeployed: undefined,
    // To synthesize takes seconds, and checks of files need no stack.
    get stack() {
      return new ExpectedStack(name, environment, caller.account, undefined);
    },
  };
}

const NO_ACCOUNT = '000000000000';
