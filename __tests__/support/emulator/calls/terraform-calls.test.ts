import { cbor } from '@smithy/core/cbor';
import type { Request } from '../front';
import { TerraformCalls } from './terraform-calls';

const ACCOUNT = '111111111111';

function request(service: string, line: string, body: string | Buffer = '', headers = {}): Request {
  const [method = '', path = ''] = line.split(' ');
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20261126/eu-west-1/${service}/aws4_request, …`;
  return { method, path, headers: { authorization, ...headers }, body: Buffer.from(body) };
}

const query = (service: string, text: string) =>
  request(service, 'POST /', text, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' });

const target = (service: string, action: string, body: object) =>
  request(service, 'POST /', JSON.stringify(body), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Target.${action}`,
  });

const rest = (service: string, line: string, body: object) =>
  request(service, line, JSON.stringify(body), { 'content-type': 'application/json' });

const callsOf = (...requests: Request[]) => {
  const calls = new TerraformCalls();
  return requests
    .map((one) => calls.of(one, ACCOUNT))
    .at(-1)
    ?.map(({ action, resource, context }) => [action, resource, ...(context ? [context] : [])]);
};

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;
const role = `arn:aws:iam::${ACCOUNT}:role/a`;

describe('a request of Terraform', () => {
  it.each<[string, Request, unknown[][]]>([
    [
      'to a bucket',
      request('s3', 'PUT /b?encryption='),
      [['s3:PutEncryptionConfiguration', 'arn:aws:s3:::b']],
    ],
    [
      'to an object',
      request('s3', 'DELETE /b/k/l.tflock?x-id=DeleteObject'),
      [['s3:DeleteObject', 'arn:aws:s3:::b/k/l.tflock']],
    ],
    [
      'that empties a bucket',
      request('s3', 'POST /b?delete=', '<Delete/>'),
      [['s3:DeleteObjectVersion', 'arn:aws:s3:::b/*']],
    ],
    [
      'that tags a bucket',
      request('s3', `POST /v20180820/tags/${encodeURIComponent('arn:aws:s3:::b')}`),
      [['s3:TagResource', 'arn:aws:s3:::b']],
    ],
    [
      'that creates a bucket in the namespace of the account',
      request('s3', `PUT /p-${ACCOUNT}-eu-west-1-an`),
      [
        [
          's3:CreateBucket',
          `arn:aws:s3:::p-${ACCOUNT}-eu-west-1-an`,
          { 's3:x-amz-bucket-namespace': 'account-regional' },
        ],
      ],
    ],
    [
      'that creates a bucket with a lock',
      request('s3', 'PUT /b', '', { 'x-amz-bucket-object-lock-enabled': 'true' }),
      [
        ['s3:CreateBucket', 'arn:aws:s3:::b'],
        ['s3:PutBucketObjectLockConfiguration', 'arn:aws:s3:::b'],
        ['s3:PutBucketVersioning', 'arn:aws:s3:::b'],
      ],
    ],
    [
      'that creates a function with tags',
      rest('lambda', 'POST /2015-03-31/functions', { FunctionName: 'f', Role: role, Tags: { a: 'b' } }),
      [
        ['lambda:CreateFunction', arn('lambda', 'function:f')],
        ['iam:PassRole', role, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
        ['lambda:TagResource', arn('lambda', 'function:f')],
      ],
    ],
    [
      'that creates a rule with tags',
      target('events', 'PutRule', { Name: 'r', Tags: [{ Key: 'a', Value: 'b' }] }),
      [
        ['events:PutRule', arn('events', 'rule/r')],
        ['events:TagResource', arn('events', 'rule/r')],
      ],
    ],
    [
      'about the targets of a rule',
      target('events', 'PutTargets', { Rule: 'r', Targets: [] }),
      [['events:PutTargets', arn('events', 'rule/r')]],
    ],
    [
      'that changes a schedule',
      rest('scheduler', 'PUT /schedules/s', { GroupName: 'default', Target: { RoleArn: role } }),
      [
        ['scheduler:UpdateSchedule', arn('scheduler', 'schedule/default/s')],
        ['iam:PassRole', role, { 'iam:PassedToService': 'scheduler.amazonaws.com' }],
      ],
    ],
    [
      'in the query protocol',
      query('monitoring', 'Action=DeleteAlarms&AlarmNames.member.1=a'),
      [['cloudwatch:DeleteAlarms', arn('cloudwatch', 'alarm:a')]],
    ],
    [
      'in CBOR',
      request(
        'monitoring',
        'POST /service/GraniteServiceVersion20100801/operation/DeleteAlarms',
        Buffer.from(cbor.serialize({ AlarmNames: ['a'] })),
        { 'content-type': 'application/cbor' },
      ),
      [['cloudwatch:DeleteAlarms', arn('cloudwatch', 'alarm:a')]],
    ],
    [
      'about a dashboard, which has no Region',
      query('monitoring', 'Action=GetDashboard&DashboardName=d'),
      [['cloudwatch:GetDashboard', `arn:aws:cloudwatch::${ACCOUNT}:dashboard/d`]],
    ],
    [
      'about a subscription, which belongs to a topic',
      query('sns', `Action=Unsubscribe&SubscriptionArn=${arn('sns', 't:1')}`),
      [['sns:Unsubscribe', arn('sns', 't')]],
    ],
    [
      'about instances of a StackSet',
      query(
        'cloudformation',
        'Action=CreateStackInstances&StackSetName=s&DeploymentTargets.OrganizationalUnitIds.member.1=r-1',
      ),
      [
        ['cloudformation:CreateStackInstances', arn('cloudformation', 'stackset/s:ID')],
        ['cloudformation:CreateStackInstances', arn('cloudformation', 'stackset-target/s:ID/r-1')],
        ['cloudformation:CreateStackInstances', arn('cloudformation', 'type/resource/AWS-IAM-Role')],
      ],
    ],
    [
      'about a table, its database and the catalog',
      target('glue', 'GetTable', { DatabaseName: 'd', Name: 't' }),
      ['database/d', 'catalog', 'table/d/t'].map((resource) => ['glue:GetTable', arn('glue', resource)]),
    ],
    ['of nothing in particular', target('kms', 'ListAliases', { KeyId: 'k' }), [['kms:ListAliases', '*']]],
  ])('%s says which permissions it needs', (_, one, calls) => {
    expect(callsOf(one)).toEqual(calls);
  });

  const alias = { AliasName: 'alias/a', TargetKeyId: 'k' };
  const named = { 'kms:ResourceAliases': ['alias/a'] };

  it('that deletes an alias needs permission for its key, which has the alias until then', () => {
    expect(
      callsOf(target('kms', 'CreateAlias', alias), target('kms', 'DeleteAlias', { AliasName: 'alias/a' })),
    ).toEqual([
      ['kms:DeleteAlias', arn('kms', 'alias/a')],
      ['kms:DeleteAlias', arn('kms', 'key/k'), named],
    ]);
  });

  it('that is not known is an error', () => {
    expect(() => callsOf(request('s3', 'PUT /b?acl='))).toThrow('no action of s3 is known for PUT /b?acl=');
  });
});
