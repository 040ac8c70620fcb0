import { recording } from '../../../tools/policies/deployer/calls';
import {
  type PolicyPart,
  partsOf,
  statementOf,
  withoutCondition,
  withoutPart,
} from '../../../tools/policies/deployer/parts';
import {
  COLLECTING_ACCOUNT,
  DEPLOY_ROLE,
  LOGGING_ACCOUNT,
  deployerMay,
  documentedPermissions,
} from '../../../tools/policies/deployer/roles';
import { undemonstrated } from '../../../tools/policies/deployer/undemonstrated';
import type { RoleCall } from '../../../tools/policies/role-decision';

const permissions = documentedPermissions();
const { calls } = recording();

const said = ({ account, action, resource }: RoleCall) => `${account} ${action} ${resource}`;

/** A part, or nothing if it is one of the table of what no recorded call shows. */
const nameOf = ({ account, sid, action, resource }: PolicyPart) =>
  `${account} ${sid} ${action ?? resource ?? ''}`;

/** The first recorded call that is denied without a part. */
async function deniedWithout(part: PolicyPart): Promise<RoleCall | undefined> {
  const actions = [statementOf(permissions, part)?.Action ?? []].flat();
  const reduced = withoutPart(permissions, part);
  for (const call of calls) {
    const isAbout = call.account === part.account && actions.includes(call.action);
    if (isAbout && !(await deployerMay(call, reduced))) return call;
  }
  return undefined;
}

/** The same part in the logging account: a file is for both. */
const inLoggingAccount = ({ resource, ...part }: PolicyPart): PolicyPart => ({
  ...part,
  account: LOGGING_ACCOUNT,
  ...(resource !== undefined && { resource: resource.replaceAll(COLLECTING_ACCOUNT, LOGGING_ACCOUNT) }),
});

describe('the deploy role', () => {
  const excused = undemonstrated().flatMap(({ names }) => names);
  /** Whether no recorded call shows any action of its statement, and so none of its resources either. */
  const isUnshown = (part: PolicyPart) =>
    [statementOf(permissions, part)?.Action ?? []].flat().every((action) => excused.includes(action));
  // The policy in the logging account has the same statements.
  const parts = partsOf(permissions).filter(
    (part) => part.account === COLLECTING_ACCOUNT && !(part.resource !== undefined && isUnshown(part)),
  );

  it('may call everything that Terraform called in an end-to-end test', async () => {
    const denied: string[] = [];
    for (const call of calls) if (!(await deployerMay(call))) denied.push(said(call));
    expect(denied).toEqual([]);
  });

  it('may call nothing else, except what docs/deployer.md says why', async () => {
    const notNeeded: string[] = [];
    const unshown = new Set<string>();
    for (const part of parts) {
      const name = part.action ?? part.resource ?? '';
      const denied = (await deniedWithout(part)) ?? (await deniedWithout(inLoggingAccount(part)));
      if (!denied && !excused.includes(name)) notNeeded.push(nameOf(part));
      if (!denied) unshown.add(name);
    }
    expect(notNeeded).toEqual([]);
    // A row for something that a recorded call shows is out of date.
    expect(excused.filter((name) => !unshown.has(name))).toEqual([]);
  });

  const collecting = (action: string, resource: string, context?: RoleCall['context']): RoleCall => ({
    account: COLLECTING_ACCOUNT,
    action,
    resource,
    ...(context && { context }),
  });
  const role = (name: string) => `arn:aws:iam::${COLLECTING_ACCOUNT}:role/${name}`;
  const key = `arn:aws:kms:eu-west-1:${COLLECTING_ACCOUNT}:key/1`;
  const ours = ['alias/iam-credential-reports-production'];
  const thirtyDays = { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' };

  const attacks: [string, RoleCall][] = [
    ['change itself', collecting('iam:PutRolePolicy', role(DEPLOY_ROLE))],
    ['change the plan role', collecting('iam:PutRolePolicy', role('iam-credential-reports-plan'))],
    ['change a role of another project', collecting('iam:PutRolePolicy', role('payroll'))],
    [
      'attach a managed policy',
      collecting('iam:AttachRolePolicy', role('iam-credential-reports-a-schedule')),
    ],
    ['create a user', collecting('iam:CreateUser', `arn:aws:iam::${COLLECTING_ACCOUNT}:user/somebody`)],
    [
      'pass a role of another project',
      collecting('iam:PassRole', role('payroll'), { 'iam:PassedToService': 'lambda.amazonaws.com' }),
    ],
    [
      'pass a role of a function to another service',
      collecting('iam:PassRole', role('iam-credential-reports-a-collect-reports'), {
        'iam:PassedToService': 'ec2.amazonaws.com',
      }),
    ],
    [
      'pass the role of the workflow to another service',
      collecting('iam:PassRole', role('iam-credential-reports-a-workflow'), {
        'iam:PassedToService': 'lambda.amazonaws.com',
      }),
    ],
    [
      'pass the role of the schedule to another service',
      collecting('iam:PassRole', role('iam-credential-reports-a-schedule'), {
        'iam:PassedToService': 'lambda.amazonaws.com',
      }),
    ],
    [
      'create a bucket outside of the namespace of the account',
      collecting('s3:CreateBucket', 'arn:aws:s3:::iam-cr-production', {
        's3:x-amz-bucket-namespace': 'global',
      }),
    ],
    ['read a report', collecting('s3:GetObject', 'arn:aws:s3:::iam-cr-production-1/2026-11-26/report.csv')],
    [
      'read the state of another project',
      collecting('s3:GetObject', 'arn:aws:s3:::STATE-BUCKET/payroll/terraform.tfstate'),
    ],
    [
      'delete a state',
      collecting(
        's3:DeleteObject',
        'arn:aws:s3:::STATE-BUCKET/iam-credential-reports/production/terraform.tfstate',
      ),
    ],
    [
      'change the policy of a key with another alias',
      collecting('kms:PutKeyPolicy', key, { 'kms:ResourceAliases': ['alias/payroll'] }),
    ],
    [
      'change the policy of a key that has another alias beside ours',
      collecting('kms:PutKeyPolicy', key, { 'kms:ResourceAliases': [...ours, 'alias/payroll'] }),
    ],
    [
      'delete a key with another alias',
      collecting('kms:ScheduleKeyDeletion', key, { ...thirtyDays, 'kms:ResourceAliases': ['alias/payroll'] }),
    ],
    [
      'delete a key in less than 30 days',
      collecting('kms:ScheduleKeyDeletion', key, { 'kms:ScheduleKeyDeletionPendingWindowInDays': '7' }),
    ],
    [
      'read the public key of a key with another alias',
      collecting('kms:GetPublicKey', key, { 'kms:ResourceAliases': ['alias/payroll'] }),
    ],
    ['sign', collecting('kms:Sign', key, { 'kms:ResourceAliases': ours })],
    ['decrypt', collecting('kms:Decrypt', key, { 'kms:ResourceAliases': ours })],
    [
      'decrypt with the key of logs and variables by itself',
      collecting('kms:Decrypt', `arn:aws:kms:eu-west-1:${COLLECTING_ACCOUNT}:key/OPERATIONS-KEY-ID`),
    ],
    [
      'put a rule of another project',
      collecting('events:PutRule', `arn:aws:events:eu-west-1:${COLLECTING_ACCOUNT}:rule/payroll`),
    ],
    [
      'give an alias of another project to a key',
      collecting('kms:CreateAlias', `arn:aws:kms:eu-west-1:${COLLECTING_ACCOUNT}:alias/payroll`),
    ],
    [
      'deploy anything but roles to the accounts',
      collecting(
        'cloudformation:CreateStackInstances',
        `arn:aws:cloudformation:eu-west-1:${COLLECTING_ACCOUNT}:type/resource/AWS-Lambda-Function`,
      ),
    ],
    [
      'change a StackSet of another project',
      collecting(
        'cloudformation:UpdateStackSet',
        `arn:aws:cloudformation:eu-west-1:${COLLECTING_ACCOUNT}:stackset/payroll:1`,
      ),
    ],
    [
      'invoke a function',
      collecting(
        'lambda:InvokeFunction',
        `arn:aws:lambda:eu-west-1:${COLLECTING_ACCOUNT}:function:iam-credential-reports-a-collect-reports`,
      ),
    ],
    ['assume a report role', collecting('sts:AssumeRole', 'arn:aws:iam::333333333333:role/audit-reader')],
  ];

  it.each(attacks)('may not %s', async (_, call) => {
    expect(await deployerMay(call)).toBe(false);
  });

  const conditions = (permissions[COLLECTING_ACCOUNT]?.Statement ?? []).flatMap(({ Sid, Condition = {} }) =>
    Object.keys(Condition).map((operator): [string, string] => [operator, Sid]),
  );

  it.each(conditions)('needs the condition %s of %s to be denied one of these', async (operator, sid) => {
    const reduced = withoutCondition(permissions, { account: COLLECTING_ACCOUNT, sid }, operator);
    const decisions = await Promise.all(attacks.map(([, call]) => deployerMay(call, reduced)));
    expect(decisions).toContain(true);
  });

  it.each<[string, RoleCall]>([
    ['a new key, which has no alias yet', collecting('kms:PutKeyPolicy', key)],
    ['its own keys', collecting('kms:PutKeyPolicy', key, { 'kms:ResourceAliases': ours })],
  ])('may change the policy of %s', async (_, call) => {
    expect(await deployerMay(call)).toBe(true);
  });
});
