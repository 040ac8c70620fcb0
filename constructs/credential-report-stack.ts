import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsOrganizationsOrganization } from '@cdktf/provider-aws/lib/data-aws-organizations-organization';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { CredentialReports } from './credential-reports';
import { Deployment } from './deployment';
import type { Environment } from './environment';

/** One environment: provider and look-ups around the collection. */
export class CredentialReportStack extends TerraformStack {
  constructor(scope: Construct, name: string, environment: Environment) {
    super(scope, name);
    const { region, tags } = environment;
    new AwsProvider(this, 'aws', { region, defaultTags: [{ tags }] });

    const { accountId } = new DataAwsCallerIdentity(this, 'caller');
    const deployment = new Deployment(name, region, accountId);
    const { organizationId, stackSetTargets } = this.organization(environment);

    const reports = new CredentialReports(this, 'credential-reports', {
      ...environment,
      deployment,
      organizationId,
      stackSetTargets,
      bucketName: environment.bucket.name,
    });

    this.output('report_bucket', reports.bucket.name, 'Bucket of the reports');
    this.output('state_machine_arn', reports.workflow.arn, 'State machine of the collection');
    this.output('alerts_topic_arn', reports.alerts.topicArn, 'Topic of the alerts');
    this.output(
      'collector_role_arn',
      reports.collectReports.roleArn,
      'Role that takes the report role in every account; the role module asks for it',
    );
    this.output(
      'organization_id',
      organizationId,
      'Organization that is collected; the role module asks for it',
    );
  }

  /** What the environment says about the organization, and what it leaves out looked up. */
  private organization({ organizationId, roleDeployment }: Environment): {
    organizationId: string;
    stackSetTargets: readonly string[];
  } {
    const targets = roleDeployment.kind === 'none' ? [] : roleDeployment.targets;
    if (organizationId !== undefined && targets !== undefined)
      return { organizationId, stackSetTargets: targets };
    // This reads every account of the organization into the state; who names both ids is spared it.
    const lookedUp = new DataAwsOrganizationsOrganization(this, 'organization');
    return {
      organizationId: organizationId ?? lookedUp.id,
      stackSetTargets: targets ?? [lookedUp.roots.get(0).id],
    };
  }

  private output(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description });
  }
}
