import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsOrganizationsOrganization } from '@cdktf/provider-aws/lib/data-aws-organizations-organization';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { setBackend } from './backend';
import { CredentialReports, type CredentialReportsProps } from './credential-reports';
import { Deployment } from './deployment';
import type { Environment } from './environment/environment';
import type { OtherAccount } from './other-account';
import { stackOutputs } from './stack-outputs';

/**
 * The bindings would allow exactly the version that they were generated from. 6.64 knows the warm-up of alarms
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md).
 */
const PROVIDER_VERSIONS = '>= 6.64.0, < 7.0.0';

/** One environment: the collection with its backend, providers and lookups. */
export class CredentialReportStack extends TerraformStack {
  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, name);
    setBackend(this, environment.backend);
    const { region, tags, architecture } = environment;
    new AwsProvider(this, 'aws', { region, defaultTags: [{ tags }] });
    this.addOverride('terraform.required_providers.aws.version', PROVIDER_VERSIONS);

    const { accountId } = new DataAwsCallerIdentity(this, 'caller');
    const deployment = new Deployment(name, region, accountId, architecture);
    // Also without a StackSet: one that is still in the state needs its provider to be destroyed.
    const stackSets = new AwsProvider(this, 'stack-sets', {
      alias: 'stack-sets',
      region: deployment.memberRegion,
      defaultTags: [{ tags }],
    });
    const reports = new CredentialReports(this, 'credential-reports', {
      ...environment,
      ...this.organization(environment),
      deployment,
      stackSets,
      bucket: this.bucket(environment, deployment),
    });
    stackOutputs(this, reports, environment);
  }

  private bucket(
    environment: Environment,
    deployment: Deployment,
  ): NonNullable<CredentialReportsProps['bucket']> {
    const { bucket, encryption, loggingAccount, retentionDays, objectLock } = environment;
    if (bucket.kind === 'new') {
      return {
        ...bucket,
        encryption,
        retentionDays,
        objectLock,
        owner: loggingAccount && this.otherAccount(loggingAccount, environment, deployment),
      };
    }
    return { ...bucket, keyArn: encryption.kind === 'existing-key' ? encryption.keyArn : undefined };
  }

  private otherAccount(
    { accountId, roleName }: NonNullable<Environment['loggingAccount']>,
    { region, tags }: Environment,
    deployment: Deployment,
  ): OtherAccount {
    const provider = new AwsProvider(this, 'logging-account', {
      alias: 'logging-account',
      region,
      assumeRole: [{ roleArn: deployment.roleArn(roleName, accountId) }],
      defaultTags: [{ tags }],
    });
    return { accountId, provider };
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
