/** The service control policy of docs/regions.md, and the calls that it must not deny. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowedBy } from '../../../tools/policies/evaluator';
import { projectRoot } from '../../../tools/support/project-root';

const [, json = ''] =
  /```json\n([\s\S]*?)```/.exec(readFileSync(join(projectRoot, 'docs/regions.md'), 'utf8')) ?? [];

interface Statement {
  NotAction: string[];
  Condition: { ArnNotLike: { 'aws:PrincipalArn': string[] } };
}
const policy = JSON.parse(json) as { Statement: [Statement] };

const ACCOUNT = '222222222222';
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** As the table of the document has them, for an environment `production` in af-south-1. */
const needed: [principal: string, action: string, region: string, resource: string][] = [
  ['iam-credential-report-generation-role', 'iam:GenerateCredentialReport', 'us-east-1', '*'],
  ['iam-credential-report-generation-role', 'iam:GetCredentialReport', 'us-east-1', '*'],
  ['stacksets-exec-0123456789abcdef', 'cloudformation:CreateStack', 'us-east-1', stack('us-east-1')],
  ['stacksets-exec-0123456789abcdef', 'iam:CreateRole', 'us-east-1', role('reader')],
  ['iam-credential-reports-production-collect-reports', 'sts:AssumeRole', 'us-east-1', role('reader')],
  ['iam-credential-reports-production-list-accounts', 'organizations:ListAccounts', 'us-east-1', '*'],
  ['iam-credential-reports-production-list-accounts', 'iam:ListOrganizationsFeatures', 'us-east-1', '*'],
  ['terraform', 'cloudformation:DescribeStackSet', 'us-east-1', stackSet('us-east-1')],
  ['terraform', 'iam:CreateRole', 'us-east-1', role('iam-credential-reports-production-list-accounts')],
  ['terraform', 'organizations:DescribeOrganization', 'us-east-1', '*'],
  ['terraform', 'lambda:ListFunctions', 'af-south-1', '*'],
];

function stack(region: string): string {
  return `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/StackSet-report-role/0a1b`;
}
function stackSet(region: string): string {
  return `arn:aws:cloudformation:${region}:${ACCOUNT}:stackset/report-role:0a1b`;
}

/** Whether the policy lets an administrator of this name call an action. */
function isLetThrough(
  [principal, action, region, resource]: (typeof needed)[number],
  scp: object,
): Promise<boolean> {
  const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
  return isAllowedBy({
    request: {
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${principal}/session`,
      action,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: { 'aws:RequestedRegion': region, 'aws:PrincipalArn': role(principal) },
    },
    identityPolicies: [{ name: 'everything', policy: everything }],
    serviceControlPolicies: [
      {
        orgIdentifier: 'r-ab12',
        policies: [
          { name: 'full', policy: everything },
          { name: 'regions', policy: scp },
        ],
      },
    ],
    resourceControlPolicies: [],
    ...(action === 'sts:AssumeRole' && {
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: action },
      },
    }),
  });
}

describe('the service control policy for an opt-in Region', () => {
  it.each(needed)('lets %s call %s in %s', async (...call) => {
    expect(await isLetThrough(call, policy)).toBe(true);
  });

  it.each([
    ['developer', 'lambda:ListFunctions', 'us-east-1', '*'],
    ['iam-credential-reports-production-summarize-run', 'sts:AssumeRole', 'us-east-1', role('reader')],
  ] as typeof needed)('denies %s %s in %s', async (...call) => {
    expect(await isLetThrough(call, policy)).toBe(false);
  });

  const [statement] = policy.Statement;
  const reduced: [string, Statement][] = [
    ...statement.NotAction.map((left): [string, Statement] => [
      left,
      { ...statement, NotAction: statement.NotAction.filter((one) => one !== left) },
    ]),
    ...statement.Condition.ArnNotLike['aws:PrincipalArn'].map((left, _, all): [string, Statement] => [
      left,
      {
        ...statement,
        Condition: {
          ...statement.Condition,
          ArnNotLike: { 'aws:PrincipalArn': all.filter((one) => one !== left) },
        },
      },
    ]),
  ];

  it.each(reduced)('needs %s: without it, a call is denied', async (_exception, without) => {
    const results = await Promise.all(
      needed.map((call) => isLetThrough(call, { ...policy, Statement: [without] })),
    );
    expect(results).toContain(false);
  });
});
