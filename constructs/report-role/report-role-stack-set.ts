import { CloudformationStackSet } from '@cdktf/provider-aws/lib/cloudformation-stack-set';
import { CloudformationStackSetInstance } from '@cdktf/provider-aws/lib/cloudformation-stack-set-instance';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { assertOptions, assertTagNames } from '../assert-options';
import type { Deployment } from '../deployment';
import { OU_PREFIX } from '../environment/accounts';
import {
  REPORT_ROLE_DESCRIPTION,
  type ReportRoleTrust,
  reportRolePermissions,
  reportRoleTrust,
} from './report-role-policy';
import { boundaryInEachAccount, reportRoleTemplate } from './report-role-template';

/** Options of {@link ReportRoleStackSet}. */
export interface ReportRoleStackSetProps {
  readonly deployment: Deployment;
  readonly roleName: string;
  /**
   * Tags of the role in every account.
   * @default - those of the StackSet, which AWS CloudFormation passes on
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly trust: ReportRoleTrust;
  /** Whether the role may list service-specific credentials too. */
  readonly serviceCredentials: boolean;
  /** IDs of the root or of organizational units, which include their child units. */
  readonly targets: readonly string[];
  /** Whether the management account or a delegated administrator creates the StackSet. */
  readonly callAs: 'SELF' | 'DELEGATED_ADMIN';
  /**
   * Provider for the StackSet, in {@link Deployment.memberRegion}.
   * @default - the provider of the stack: the StackSet is in the Region of the deployment, its instances are not
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * Whether Terraform may destroy or replace the instances, which takes the role out of every account of a target.
   * @default false
   */
  readonly allowDestroy?: boolean | undefined;
}

/** Terraform's default is half an hour, when AWS is still deploying to thousands of accounts. */
const OPERATION_TIMEOUT = '6h';

/** The template of an environment, which knows every value but the ID of the account. */
function templateOf({ deployment, roleName, tags, trust, serviceCredentials }: ReportRoleStackSetProps) {
  const { path, permissionsBoundary } = deployment.roles;
  return reportRoleTemplate({
    roleName,
    path,
    permissionsBoundary:
      permissionsBoundary?.startsWith('arn:') === false
        ? boundaryInEachAccount(deployment.partition, permissionsBoundary)
        : permissionsBoundary,
    trust: reportRoleTrust(trust),
    permissions: reportRolePermissions({ serviceCredentials }),
    tags,
  });
}

/** Deploys the report role to every account of the targets, and to accounts that join them later. */
export class ReportRoleStackSet extends Construct {
  constructor(scope: Construct, id: string, props: ReportRoleStackSetProps) {
    super(scope, id);
    const { deployment, roleName, tags, targets, callAs, provider, allowDestroy = false } = props;
    const { region, roles } = deployment;
    const roleDeployment = { kind: 'stack-set', targets };
    assertTagNames(this, tags);
    assertOptions(this, { region, roles, tags, reportRoleName: roleName, roleDeployment });
    // All accounts at once, and an account that fails does not stop the others.
    const operationPreferences = { maxConcurrentPercentage: 100, failureTolerancePercentage: 100 };
    const stackSet = new CloudformationStackSet(this, 'stack-set', {
      provider,
      name: deployment.nameOf('report-role'),
      description: REPORT_ROLE_DESCRIPTION,
      permissionModel: 'SERVICE_MANAGED',
      callAs,
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managedExecution: { active: true },
      operationPreferences,
      templateBody: JSON.stringify(templateOf(props), null, 2),
      // Service-managed StackSets have no such role, but the provider shows a change in every plan
      // (https://github.com/hashicorp/terraform-provider-aws/issues/23464).
      lifecycle: { ignoreChanges: ['administration_role_arn'] },
      timeouts: { update: OPERATION_TIMEOUT },
    });
    for (const target of targets) {
      // One resource per target, because the provider recreates instances when their targets change. The root has the
      // same address whether its ID is looked up or written.
      new CloudformationStackSetInstance(this, target.startsWith(OU_PREFIX) ? target : 'root', {
        provider,
        stackSetName: stackSet.name,
        callAs,
        // IAM is global: one Region is enough.
        stackSetInstanceRegion: deployment.memberRegion,
        deploymentTargets: { organizationalUnitIds: [target] },
        operationPreferences: { ...operationPreferences, concurrencyMode: 'SOFT_FAILURE_TOLERANCE' },
        lifecycle: {
          // Credentials that expire during the rollout leave the resource tainted. The next apply would replace it.
          ...(!allowDestroy && { preventDestroy: true }),
          // Only creation and deletion use them. An update would send the ID of the target as that of an account
          // (https://github.com/hashicorp/terraform-provider-aws/issues/40675).
          ignoreChanges: ['operation_preferences'],
        },
        timeouts: { create: OPERATION_TIMEOUT, update: OPERATION_TIMEOUT, delete: OPERATION_TIMEOUT },
      });
    }
  }
}
