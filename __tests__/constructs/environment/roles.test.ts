import { conflictsWith } from '../../../constructs/environment/conflicts';
import { Environment } from '../../../constructs/environment/environment';
import { validateEnvironment } from '../../../constructs/environment/problems';
import { ADMINISTRATOR_ROLES } from '../../../constructs/environment/roles';

/** The sentences about what is wrong. */
function problemsOf(environment: object): string[] {
  const validated = validateEnvironment(environment);
  return 'problems' in validated ? validated.problems.map(({ text }) => text) : [];
}
/** The fields that are wrong. */
function fieldsOf(environment: object): string[] {
  const validated = validateEnvironment(environment);
  return 'problems' in validated ? validated.problems.map(({ field }) => field) : [];
}

const none = { roleDeployment: { kind: 'none' } };

describe("an administrator's role as report role", () => {
  it.each([...ADMINISTRATOR_ROLES, 'organizationaccountaccessrole'])(
    '%s needs an explicit word',
    (reportRoleName) => {
      expect(problemsOf({ ...none, reportRoleName })).toEqual([
        "reportRoleName must not be an administrator's role: whoever changes the code of the functions could administer " +
          'every account. Use a role of its own, or set `allowAdministratorRole` to true; got ' +
          JSON.stringify(reportRoleName),
      ]);
      expect(problemsOf({ ...none, reportRoleName, allowAdministratorRole: true })).toEqual([]);
    },
  );

  const administrator = { reportRoleName: 'AWSControlTowerExecution', allowAdministratorRole: true };
  it.each([
    ['be created by a StackSet again', {}, 'roleDeployment.kind'],
    ['be created again by Terraform', { ...none, collectFrom: 'delegated-administrator' }, 'collectFrom'],
    ['have another path', { ...none, roles: { path: '/security/' } }, 'roles.path'],
  ])('cannot %s', (_what, change, field) => {
    expect(fieldsOf({ ...administrator, ...change })).toEqual([field]);
  });
});

describe('the report role', () => {
  it('cannot be a role of an environment or a role that deploys, whatever its case', () => {
    for (const name of [
      'iam-credential-reports-prod-Workflow',
      'iam-credential-reports-prod-reader',
      'IAM-credential-reports-deploy',
    ])
      expect(fieldsOf({ reportRoleName: name })).toEqual(['reportRoleName']);
    expect(fieldsOf({ reportRoleName: 'iam-credential-reports-reader' })).toEqual([]);
  });

  it('cannot have the name of the role that deploys in the logging account, if a StackSet creates it there', () => {
    const names = (roleName: string) => ({
      reportRoleName: 'reader',
      loggingAccount: { accountId: '222222222222', roleName },
    });
    expect(fieldsOf(names('Reader'))).toEqual(['loggingAccount.roleName']);
    expect(fieldsOf(names('security/reader'))).toEqual(['loggingAccount.roleName']);
    expect(fieldsOf(names('security/deploy'))).toEqual([]);
    expect(fieldsOf({ ...names('reader'), ...none })).toEqual([]);
  });

  it('of two environments cannot differ in case or path only, because IAM has one of these names', () => {
    const environments = ['reader', 'Reader'].map((reportRoleName, index) =>
      Environment.parse({ reportRoleName, roles: { path: `/${index}/` } }),
    );
    expect(
      conflictsWith(new Map([['dev', environments[0]!]]), 'prod', environments[1]!).map(({ field }) => field),
    ).toEqual(['reportRoleName']);
  });
});

describe('roles', () => {
  it.each(['/', '/security/', '/a/b-c/d_e/', `/${'x'.repeat(148)}/`])('can have the path %s', (path) => {
    expect(problemsOf({ roles: { path } })).toEqual([]);
  });

  it.each([
    '',
    'security/',
    '/security',
    '//',
    '/a//b/',
    '/a*/',
    '/a b/',
    '/ä/',
    '/aws-service-role/',
    '/aws-reserved/sso/',
    `/${'x'.repeat(149)}/`,
  ])('cannot have the path %j', (path) => {
    expect(problemsOf({ roles: { path } })).toEqual([
      expect.stringMatching(/^roles\.path must be "\/", or a path that starts and ends with "\/".*; got "/),
    ]);
  });

  it.each([
    ['boundary', 'us-east-1'],
    ['security/boundary', 'us-east-1'],
    ['arn:aws:iam::aws:policy/job-function/SupportUser', 'eu-west-1'],
    ['arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess', 'us-gov-west-1'],
  ])('can have the permissions boundary %s', (permissionsBoundary, region) => {
    expect(problemsOf({ region, roles: { permissionsBoundary } })).toEqual([]);
  });

  it.each([
    ['the ARN of a policy that is in one account', 'arn:aws:iam::111111111111:policy/boundary'],
    ['a path without a name', 'security/'],
    ['a name with a slash before it', '/boundary'],
    ['a pattern', 'bound*'],
    ['a policy of another partition', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess'],
  ])('cannot have as permissions boundary %s', (_what, permissionsBoundary) => {
    expect(fieldsOf({ roles: { permissionsBoundary } })).toEqual(['roles.permissionsBoundary']);
  });
});

describe('tags', () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, '']));

  it('are at most 50', () => {
    expect(problemsOf({ tags: tags(50) })).toEqual([]);
    expect(problemsOf({ tags: tags(51) })).toEqual([
      expect.stringMatching(
        /^tags must be at most 50 tags, which is what AWS accepts for a resource; got \{"t0":/,
      ),
    ]);
    expect(problemsOf({ tags: tags(60) })[0]!.length).toBeLessThan(400);
  });

  it.each(['aws:team', 'AWS:team', 'Aws:team'])('cannot be called %s', (name) => {
    expect(fieldsOf({ tags: { [name]: 'x' } })).toEqual([`tags.${name}`]);
  });

  it('cannot differ only in case, and that is told together with every other problem', () => {
    expect(fieldsOf({ tags: { team: 'a', Team: 'b', 'aws:x': '' }, digest: 'never' }).sort()).toEqual([
      'digest',
      'tags',
      'tags.aws:x',
    ]);
  });
});
