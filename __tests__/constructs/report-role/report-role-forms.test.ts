/** A StackSet, the template with parameters and the Terraform module create the same role. */
import { byModule, byStackSet, byTemplate } from '../../support/report-role-forms';

describe('the report role', () => {
  it('is the same in all three forms by default', () => {
    expect(byTemplate()).toEqual(byStackSet({}));
    expect(byModule()).toEqual(byStackSet({}));
  });

  it('trusts only the role of the collector, in the organization', () => {
    expect(byTemplate().trust).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'CollectorOfThisOrganization',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Action: 'sts:AssumeRole',
          Condition: {
            ArnEquals: {
              'aws:PrincipalArn':
                'arn:aws:iam::111111111111:role/iam-credential-reports-test-collect-reports',
            },
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
          },
        },
      ],
    });
  });

  it('is the same in all three forms with every option', () => {
    const stackSet = byStackSet({
      reportRoleName: 'audit-reader',
      roles: { path: '/security/', permissionsBoundary: 'security/boundary' },
      serviceCredentials: true,
      tags: { team: 'security' },
    });
    const CollectorRoleArn =
      'arn:aws:iam::111111111111:role/security/iam-credential-reports-test-collect-reports';
    // AWS CloudFormation gives the role the tags of its stack.
    expect(
      byTemplate({
        CollectorRoleArn,
        RoleName: 'audit-reader',
        RolePath: '/security/',
        PermissionsBoundary: 'security/boundary',
        ServiceCredentials: 'true',
      }),
    ).toEqual({ ...stackSet, tags: {} });
    expect(
      byModule({
        collector_role_arn: CollectorRoleArn,
        role_name: 'audit-reader',
        role_path: '/security/',
        permissions_boundary_arn: 'arn:aws:iam::222222222222:policy/security/boundary',
        service_credentials: true,
        tags: { team: 'security' },
      }),
    ).toEqual(stackSet);
    expect(stackSet).toMatchObject({
      path: '/security/',
      boundary: 'arn:aws:iam::222222222222:policy/security/boundary',
      statements: [{ Sid: 'GenerateAndGetCredentialReport' }, { Sid: 'ListServiceSpecificCredentials' }],
    });
  });

  it('can have a policy of AWS as boundary, in all three forms', () => {
    const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(byStackSet({ roles: { permissionsBoundary: boundary } })).toMatchObject({ boundary });
    expect(byTemplate({ PermissionsBoundary: boundary })).toMatchObject({ boundary });
    expect(byModule({ permissions_boundary_arn: boundary })).toMatchObject({ boundary });
  });

  it('trusts in the partition and the account of the collector, whichever they are', () => {
    const partition = 'arn:aws-us-gov:iam::333333333333';
    const CollectorRoleArn = `${partition}:role/collector`;
    const form = byTemplate({ CollectorRoleArn, PermissionsBoundary: 'boundary' });
    expect(form.trust).toMatchObject({ Statement: [{ Principal: { AWS: `${partition}:root` } }] });
    expect(form.boundary).toBe('arn:aws-us-gov:iam::222222222222:policy/boundary');
    expect(byModule({ collector_role_arn: CollectorRoleArn }).trust).toEqual(form.trust);
  });
});
