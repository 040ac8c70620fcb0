import { Testing } from 'cdktf';
import { ReportRoleModule } from '../../../constructs/report-role/report-role-module';

const synthesized = JSON.parse(Testing.synth(new ReportRoleModule(Testing.app(), 'report-role'))) as Record<
  string,
  Record<string, object>
>;
const part = (index: number) => `\${element(split(":", var.collector_role_arn), ${index})}`;

describe('the module of the report role', () => {
  it('takes provider and backend from its caller', () => {
    expect(Object.keys(synthesized).sort()).toEqual(['output', 'resource', 'terraform', 'variable']);
    expect(synthesized.terraform).toEqual({
      required_providers: { aws: { source: 'hashicorp/aws', version: '>= 5.0' } },
    });
  });

  it('requires the collector and the organization, and has a default for the name', () => {
    expect(synthesized.variable).toMatchObject({
      collector_role_arn: { type: 'string' },
      organization_id: { type: 'string' },
      role_name: { type: 'string', default: 'iam-credential-report-generation-role' },
    });
    expect(synthesized.variable!.collector_role_arn).not.toHaveProperty('default');
    expect(synthesized.variable!.organization_id).not.toHaveProperty('default');
    expect(Object.keys(synthesized.output!)).toEqual(['role_arn']);
  });

  it('creates the role that the collector may assume, in any partition', () => {
    const [role] = Object.values(synthesized.resource!.aws_iam_role!) as [
      { name: string; assume_role_policy: string },
    ];
    const [policy] = Object.values(synthesized.resource!.aws_iam_role_policy!) as [{ policy: string }];
    expect(role.name).toBe('${var.role_name}');
    expect(JSON.parse(role.assume_role_policy.replaceAll('split(":"', "split(':'"))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'CollectorOfThisOrganization',
          Effect: 'Allow',
          Principal: { AWS: `arn:${part(1)}:iam::${part(4)}:root`.replaceAll('":"', "':'") },
          Action: 'sts:AssumeRole',
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': '${var.collector_role_arn}' },
            StringEquals: { 'aws:PrincipalOrgID': '${var.organization_id}' },
          },
        },
      ],
    });
    expect(JSON.parse(policy.policy)).toMatchObject({
      Statement: [{ Action: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'] }],
    });
  });
});
