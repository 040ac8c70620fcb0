/** Values at both sides of each rule about the report role: environments, template and module must agree on them. */

interface Values {
  /** Name of the parameter of the template. */
  parameter: string;
  /** Name of the variable of the module. */
  variable: string;
  /**
   * An environment that has the value.
   * @default - no option is about it
   */
  environment?: (value: string) => object;
  accepted: string[];
  refused: string[];
}

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

export const reportRoleValues: Values[] = [
  {
    parameter: 'CollectorRoleArn',
    variable: 'collector_role_arn',
    accepted: [
      role('iam-credential-reports-production-collect-reports'),
      role('security/iam-credential-reports-production-collect-reports'),
      'arn:aws-us-gov:iam::111111111111:role/x',
    ],
    refused: [
      '',
      'collector',
      'arn:aws:iam::1:role/x',
      `${role('x')}:*`,
      'arn:aws:iam::111111111111:user/x',
      role('*'),
    ],
  },
  {
    parameter: 'OrganizationId',
    variable: 'organization_id',
    environment: (organizationId) => ({ organizationId }),
    accepted: ['o-exampleorg1', `o-${'a'.repeat(10)}`, `o-${'1'.repeat(32)}`],
    refused: [
      '',
      'exampleorg1',
      `o-${'a'.repeat(9)}`,
      `o-${'a'.repeat(33)}`,
      'o-ExampleOrg1',
      'o-exampleorg1 ',
    ],
  },
  {
    parameter: 'RoleName',
    variable: 'role_name',
    environment: (reportRoleName) => ({ reportRoleName, roleDeployment: { kind: 'none' } }),
    accepted: [
      'audit-reader',
      'x'.repeat(64),
      'A+=,.@_-1',
      'iam-credential-reports-deployer',
      'iam-credential-reports',
    ],
    refused: [
      '',
      'x'.repeat(65),
      'security/reader',
      'reader*',
      'iam-credential-reports-deploy',
      'IAM-Credential-Reports-Plan',
      'iam-credential-reports-production-Collect-Reports',
    ],
  },
  {
    parameter: 'RolePath',
    variable: 'role_path',
    environment: (path) => ({ roles: { path } }),
    accepted: ['/', '/security/', '/a/b-c/d_e/', `/${'x'.repeat(148)}/`, '/aws-reserve/'],
    refused: [
      '',
      'security',
      '/security',
      '//',
      '/a b/',
      `/${'x'.repeat(149)}/`,
      '/aws-reserved/',
      '/aws-service-role/x/',
    ],
  },
];

/** Where the template takes a name for every account, and the module an ARN of one. */
export const templateBoundaries = {
  accepted: ['boundary', 'security/boundary', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'x'.repeat(128)],
  refused: [
    '/boundary',
    'x'.repeat(129),
    'arn:aws:iam::111111111111:policy/boundary',
    'a b',
    'arn:aws:iam::aws:role/x',
  ],
};
export const moduleBoundaries = {
  accepted: [
    '',
    'arn:aws:iam::111111111111:policy/security/boundary',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ],
  refused: ['boundary', 'arn:aws:iam::111111111111:role/boundary', 'arn:aws:iam::1:policy/boundary'],
};

const names = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, '']));

/** Tags that environments and the module accept or refuse, with what is said of those. */
export const tagsOfRole: { accepted: Record<string, string>[]; refused: [Record<string, string>, string][] } =
  {
    accepted: [
      {},
      { team: 'security' },
      { 'Größe 1': '' },
      names(50),
      { ['x'.repeat(128)]: 'x'.repeat(256) },
    ],
    refused: [
      [{ 'aws:team': 'x' }, 'must not start with "aws:"'],
      [{ team: 'AWS:x' }, 'must not start with "aws:"'],
      [{ 'a*': '' }, '1 to 128 letters'],
      [{ ['x'.repeat(129)]: '' }, '1 to 128 letters'],
      [{ team: 'x'.repeat(257) }, '0 to 256 letters'],
      [names(51), 'at most 50 tags'],
      [{ team: 'a', Team: 'b' }, 'differ only in upper and lower case'],
    ],
  };
