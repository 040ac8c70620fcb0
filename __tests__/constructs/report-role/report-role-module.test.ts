import { Testing } from 'cdktf';
import { ReportRoleModule } from '../../../constructs/report-role/report-role-module';

const synthesized = JSON.parse(Testing.synth(new ReportRoleModule(Testing.app(), 'report-role'))) as Record<
  string,
  Record<string, object>
>;

interface Policy {
  name: string;
  count?: string;
  policy: string;
}

describe('the module of the report role', () => {
  it('takes provider and backend from its caller', () => {
    expect(Object.keys(synthesized).sort()).toEqual(['output', 'resource', 'terraform', 'variable']);
    expect(synthesized.terraform).toEqual({
      required_providers: { aws: { source: 'hashicorp/aws', version: '>= 5.0' } },
    });
  });

  it('may list service-specific credentials only if its caller says so', () => {
    expect(synthesized.variable!.service_credentials).toMatchObject({ type: 'bool', default: false });
    const policies = Object.values(synthesized.resource!.aws_iam_role_policy!) as Policy[];
    expect(policies.map(({ name, count }) => [name, count])).toEqual([
      ['credential-report', undefined],
      ['service-credentials', '${var.service_credentials ? 1 : 0}'],
    ]);
    expect(policies.map(({ policy }) => policy.includes('ListServiceSpecificCredentials'))).toEqual([
      false,
      true,
    ]);
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
});
