import { REPORT_ROLE_ACTIONS, SERVICE_CREDENTIALS_ACTION } from '../../handlers/shared/report-role-actions';
import { type PolicyDocument, type Statement, policy } from '../policy';

export const REPORT_ROLE_DESCRIPTION =
  'Lets the collector of IAM credential reports generate and read the report of this account';

/** Who may assume the report role. */
export interface ReportRoleTrust {
  readonly partition: string;
  readonly collectorAccountId: string;
  readonly collectorRoleArn: string;
  readonly organizationId: string;
}

/**
 * Trusts the role of the collector, by a condition. IAM stores a role ARN in `Principal` as the unique ID of that role, so the
 * trust would stop working when the role is recreated
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
export function reportRoleTrust(trust: ReportRoleTrust): PolicyDocument {
  return policy({
    Sid: 'CollectorOfThisOrganization',
    Effect: 'Allow',
    Principal: { AWS: `arn:${trust.partition}:iam::${trust.collectorAccountId}:root` },
    Action: 'sts:AssumeRole',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': trust.collectorRoleArn },
      StringEquals: { 'aws:PrincipalOrgID': trust.organizationId },
    },
  });
}

const GENERATE_AND_GET: Statement = {
  Sid: 'GenerateAndGetCredentialReport',
  Effect: 'Allow',
  Action: REPORT_ROLE_ACTIONS,
  // Neither action supports resource-level permissions.
  Resource: '*',
};

const LIST: Statement = {
  Sid: 'ListServiceSpecificCredentials',
  Effect: 'Allow',
  Action: SERVICE_CREDENTIALS_ACTION,
  // One call lists those of all users.
  Resource: '*',
};

/** Everything that the report role may do. */
export const reportRolePermissions = (options: { readonly serviceCredentials: boolean }): PolicyDocument =>
  policy(GENERATE_AND_GET, ...(options.serviceCredentials ? [LIST] : []));

/** What the role may do in addition, where that is decided when it is deployed. */
export const serviceCredentialsPermissions = (): PolicyDocument => policy(LIST);
