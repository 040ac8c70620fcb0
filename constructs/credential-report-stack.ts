import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsOrganizationsOrganization } from '@cdktf/provider-aws/lib/data-aws-organizations-organization';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { assertEnvironment } from './assert-options';
import { setBackend } from './backend';
import { collectionOptions } from './collection-options';
import { CredentialReports, type CredentialReportsProps } from './credential-reports';
import { Deployment } from './deployment';
import type { Environment } from './environment/environment';
import type { OtherAccount } from './other-account';
import { stackOutputs } from './stack-outputs';

/** One environment: the collection with its backend, providers and lookups. */
export class CredentialReportStack extends TerraformStack {
  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, name);
    assertEnvironment(this, name, environment);
    setBackend(this, environment.backend);
    const { region, architecture, roles } = environment;
    new AwsProvider(this, 'aws', { region });

    const { accountId } = new DataAwsCallerIdentity(this, 'caller');
    const deployment = new Deployment(name, region, accountId, architecture, roles);
    const owner = this.loggingAccount(environment, deployment);
    // Also without a StackSet: one that is still in the state needs its provider to be destroyed.
    const stackSets = new AwsProvider(this, 'stack-sets', {
      alias: 'stack-sets',
      region: deployment.memberRegion,
    });
    const reports = new CredentialReports(this, 'credential-reports', {
      ...collectionOptions(environment),
      ...this.organization(environment),
      deployment,
      bucket: bucketOf(environment, owner),
      stackSets,
    });
    stackOutputs(this, reports, environment);
  }

  /**
   * The provider is there also without a logging account: Terraform cannot plan while its state has resources of a provider
   * that the configuration lacks.
   */
  private loggingAccount(
    { region, loggingAccount }: Environment,
    deployment: Deployment,
  ): OtherAccount | undefined {
    const alias = 'logging-account';
    const assumeRole = loggingAccount && [
      // It exists already, with a path of its own.
      { roleArn: deployment.iamArn(`role/${loggingAccount.roleName}`, loggingAccount.accountId) },
    ];
    const provider = new AwsProvider(this, alias, { alias, region, assumeRole });
    return loggingAccount && { accountId: loggingAccount.accountId, provider };
  }

  /** The ID of the organization and the targets of the report role; what the environment leaves out is looked up. */
  private organization({ organizationId, roleDeployment }: Environment) {
    const none = roleDeployment.kind === 'none';
    const targets = none ? [] : roleDeployment.targets;
    const deploymentTo = (targets: readonly string[]) =>
      none ? roleDeployment : { ...roleDeployment, targets };
    if (organizationId !== undefined && targets !== undefined) {
      return { organizationId, roleDeployment: deploymentTo(targets) };
    }
    // This reads every account of the organization into the state. An environment that names both avoids it.
    const lookedUp = new DataAwsOrganizationsOrganization(this, 'organization');
    return {
      organizationId: organizationId ?? lookedUp.id,
      roleDeployment: deploymentTo(targets ?? [lookedUp.roots.get(0).id]),
    };
  }
}

function bucketOf(
  { bucket, encryption, retentionDays, objectLock, accessLogging }: Environment,
  owner?: OtherAccount,
): NonNullable<CredentialReportsProps['bucket']> {
  if (bucket.kind === 'new')
    return { ...bucket, encryption, retentionDays, objectLock, accessLogging, owner };
  // The rules of an environment refuse it already.
  if (encryption.kind === 'new-key') throw new Error('A new key needs a new bucket');
  return { ...bucket, encryption };
}
