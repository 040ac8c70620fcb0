/** Path, permissions boundary and tags of every role, and the names that only one environment may have. */
import { Deployment } from '../../constructs';
import { EnvironmentName } from '../../constructs/environment/environment';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';

const options = {
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
  encryption: { kind: 'new-key' },
  signing: true,
  athena: true,
  alertEmails: ['security@example.com'],
  loggingAccount: { accountId: '222222222222', roleName: 'deployers/TerraformDeploy' },
  tags: { team: 'security' },
};
const roles = { path: '/security/', permissionsBoundary: 'security/boundary' };
const stack = new SynthesizedStack({ ...options, roles });
const rolesOf = (of: SynthesizedStack): Record<string, unknown>[] =>
  [...of.resources.values()].filter(({ type }) => type === 'aws_iam_role');

interface Template {
  Resources: { ReportRole: { Properties: Record<string, unknown> } };
}
const propertiesOf = (of: SynthesizedStack) =>
  (JSON.parse(of.resource('report-role-stack-set/stack-set').template_body as string) as Template).Resources
    .ReportRole.Properties;

describe('every role', () => {
  it('has the path and the permissions boundary of the environment', () => {
    expect(rolesOf(stack).length).toBeGreaterThanOrEqual(6);
    for (const role of rolesOf(stack))
      expect(role).toMatchObject({
        path: '/security/',
        permissions_boundary: 'arn:aws:iam::111111111111:policy/security/boundary',
      });
  });

  it('has them in every account too, where the boundary is a policy of that account', () => {
    expect(propertiesOf(stack)).toMatchObject({
      Path: '/security/',
      PermissionsBoundary: {
        'Fn::Join': [':', ['arn', 'aws', 'iam', '', { Ref: 'AWS::AccountId' }, 'policy/security/boundary']],
      },
      Tags: [{ Key: 'team', Value: 'security' }],
    });
  });

  it('has neither by default', () => {
    const byDefault = new SynthesizedStack(options);
    for (const role of rolesOf(byDefault)) {
      expect(role).not.toHaveProperty('path');
      expect(role).not.toHaveProperty('permissions_boundary');
    }
    expect(propertiesOf(byDefault).Path).toBe('/');
    expect(propertiesOf(byDefault)).not.toHaveProperty('PermissionsBoundary');
  });

  it('can have a policy of AWS as boundary, the same everywhere', () => {
    const permissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const ofAws = new SynthesizedStack({ ...options, roles: { permissionsBoundary } });
    for (const role of rolesOf(ofAws)) expect(role.permissions_boundary).toBe(permissionsBoundary);
    expect(propertiesOf(ofAws).PermissionsBoundary).toBe(permissionsBoundary);
  });

  it('has the tags of the environment', () => {
    for (const role of rolesOf(stack)) expect(role.tags).toEqual({ team: 'security' });
  });

  it('is called by its path wherever its ARN or its name after the path is written', () => {
    const text = JSON.stringify(stack.json);
    const names = rolesOf(stack).map(({ name }) => String(name));
    const arns = [...text.matchAll(/:iam::[^:]*:role\/([\w+=,.@/-]+)/g)].map(([, role]) => role!);
    expect(arns).toContain('deployers/TerraformDeploy');
    const others = arns.filter((role) => role !== 'deployers/TerraformDeploy');
    expect([...new Set(others)].sort()).toEqual(
      // Nobody names the role of the workflow: its state machine refers to the resource.
      names
        .filter((name) => !name.endsWith('-workflow'))
        .map((name) => `security/${name}`)
        .sort(),
    );
    expect(stack.resource('collect-reports/function')).toMatchObject({
      environment: { variables: { REPORT_ROLE_NAME: 'security/iam-credential-report-generation-role' } },
    });
  });

  it('has a name and an ARN that AWS accepts, with the longest path, environment and partition', () => {
    const path = `/${'x'.repeat(148)}/`;
    const longest = new Deployment('e'.repeat(24), 'us-gov-west-1', '111111111111', 'arm64', { path });
    const names = rolesOf(new SynthesizedStack(options, 'e'.repeat(24))).map(({ name }) => String(name));
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(64);
      expect(longest.roleArn(name).length).toBeLessThanOrEqual(256);
    }
  });
});

describe('two environments in one account', () => {
  it('cannot have a common name, whatever they are called', () => {
    // Suffixes of the same kind of name, after the name of the environment: one that ends with another one would let an
    // environment be called so that both have the same name.
    const environment = 'xx';
    const named = [...new SynthesizedStack(options, environment).resources].flatMap(
      ([, { type, ...settings }]) =>
        ['name', 'function_name', 'alarm_name', 'dashboard_name', 'bucket']
          .map((field) => [`${type}.${field}`, settings[field]] as const)
          .filter((pair): pair is readonly [`${string}.${string}`, string] => typeof pair[1] === 'string'),
    );
    const suffixes = Map.groupBy(
      named.flatMap(([kind, name]) => {
        const [before, after] = name.split(/(?<=iam[-_](?:credential[-_]reports|cr)[-_])xx/);
        return after === undefined
          ? []
          : [{ kind: `${kind} ${before}`, after: after.replaceAll(/\$\{[^}]*\}/g, 'KEY') }];
      }),
      ({ kind }) => kind,
    );
    expect(suffixes.size).toBeGreaterThan(10);
    const taken = [...suffixes.values()].flatMap((all) =>
      all.flatMap(({ after: long }) =>
        all
          .filter(({ after: short }) => long !== short && long.endsWith(short))
          .map(({ after: short }) => `${environment}${long.slice(0, long.length - short.length)}`),
      ),
    );
    expect([...new Set(taken)].filter((name) => EnvironmentName.safeParse(name).success)).toEqual([]);
  });
});
