import { type PolicyDocument, policy } from '../policy';

/** The name of the role in every account, unless the environment says otherwise. */
export const DEFAULT_REPORT_ROLE_NAME = 'iam-credential-report-generation-role';

export const REPORT_ROLE_DESCRIPTION =
  'Lets the collector of IAM credential reports make and read the report of this account';

/** AccountIdentity may take the report role. */
export interface ReportRoleTrust {
  readonly partition: string;
  readonly collectorAccountId: string;
  readonly collectorRoleArn: string;
  readonly organizationId: string;
}

/**
 * The collector's role, as a condition: a role ARN as principal is stored as the id of that very role and
 * breaks the trust when the role is made anew
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

/** All that the report role may do. */
export function reportRolePermissions(): PolicyDocument {
  return policy({
    Sid: 'MakeAndReadCredentialReport',
    Effect: 'Allow',
    Action: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    // Neither action knows a resource.
    Resource: '*',
  });
}
