import { SynthesizedStack } from '../../tools/support/synthesized-stack';

const stack = new SynthesizedStack({ organizationId: 'o-exampleorg1' });
const bucket = 'arn:aws:s3:::iam-credential-reports-test-111111111111';
const name = 'iam-credential-reports-test';

function writeLog(handler: string) {
  return {
    Sid: 'WriteLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/${name}-${handler}:*`,
  };
}

const trace = {
  Sid: 'Trace',
  Effect: 'Allow',
  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  Resource: '*',
};

describe('the permissions of the collection', () => {
  it('let list-accounts list the accounts and write the ledger', () => {
    expect(stack.policy('list-accounts/policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ListAccounts', Effect: 'Allow', Action: 'organizations:ListAccounts', Resource: '*' },
        {
          Sid: 'InvokeRequestReports',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: `arn:aws:lambda:us-east-1:111111111111:function:${name}-request-reports`,
        },
        {
          Sid: 'WriteLedger',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: [`${bucket}/runs/????-??-??/*/ledger.json`, `${bucket}/runs/????-??-??/*/batches/*.json`],
        },
        writeLog('list-accounts'),
        trace,
      ],
    });
  });

  it('let collect-reports take one role name in the organization, store reports, and keep outcomes', () => {
    expect(stack.policy('collect-reports/policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AssumeReportRole',
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Resource: 'arn:aws:iam::*:role/iam-credential-report-generation-role',
          Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-exampleorg1' } },
        },
        {
          Sid: 'ReadBatch',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${bucket}/runs/????-??-??/*/batches/*.json`,
        },
        {
          Sid: 'StoreReports',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${bucket}/????-??-??/credentialReport_????????????.csv`,
        },
        {
          Sid: 'WriteReportPacks',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${bucket}/report-packs/????-??-??/*/*-*.json`,
        },
        {
          Sid: 'RecordOutcomes',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: `${bucket}/runs/????-??-??/*/outcomes/*.json`,
        },
        writeLog('collect-reports'),
        trace,
      ],
    });
  });

  it('let summarize-run read runs and reports, and write manifest, tables and page', () => {
    const list = (Sid: string, prefix: string) => ({
      Sid,
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucket,
      Condition: { StringLike: { 's3:prefix': prefix } },
    });
    expect(stack.policy('summarize-run/policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        list('ListRuns', 'runs/*'),
        list('ListReportPacks', 'report-packs/*'),
        list('ListReports', '????-??-??/credentialReport_'),
        {
          Sid: 'ReadReports',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `${bucket}/????-??-??/credentialReport_????????????.csv`,
        },
        {
          Sid: 'ReadRuns',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: [
            'runs/????-??-??/*/ledger.json',
            'runs/????-??-??/*/outcomes/*.json',
            'report-packs/????-??-??/*/*-*.json',
            'runs/????-??-??/*/manifest.json',
            'runs/????-??-??/*/snapshot.jsonl',
          ].map((file) => `${bucket}/${file}`),
        },
        {
          Sid: 'WriteSummary',
          Effect: 'Allow',
          Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
          Resource: [
            'runs/????-??-??/*/manifest.json',
            'runs/????-??-??/*/snapshot.jsonl',
            'organization/????-??-??/*',
            'tables/*/????-??-??/symlink.txt',
          ].map((key) => `${bucket}/${key}`),
        },
        writeLog('summarize-run'),
        trace,
      ],
    });
  });

  it('let the workflow invoke its functions, run its batches, and publish to its topic', () => {
    const states = (rest: string) => `arn:aws:states:us-east-1:111111111111:${rest}`;
    expect(stack.policy('workflow/policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'InvokeFunctions',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: ['list-accounts', 'collect-reports', 'summarize-run'].map(
            (handler) => `arn:aws:lambda:us-east-1:111111111111:function:${name}-${handler}`,
          ),
        },
        {
          Sid: 'PublishDigest',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Resource: `arn:aws:sns:us-east-1:111111111111:${name}-alerts`,
        },
        {
          Sid: 'UseAlertsKey',
          Effect: 'Allow',
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          Resource: expect.stringMatching(/^\$\{aws_kms_key\..*alerts_key.*\.arn\}$/) as string,
          Condition: { StringEquals: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com' } },
        },
        {
          Sid: 'StartBatches',
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: states(`stateMachine:${name}`),
        },
        {
          Sid: 'FollowBatches',
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
          Resource: [states(`execution:${name}:*`), states(`execution:${name}/*`)],
        },
        {
          Sid: 'DeliverLog',
          Effect: 'Allow',
          Action: [
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          ],
          Resource: '*',
        },
        { ...trace, Action: [...trace.Action, 'xray:GetSamplingRules', 'xray:GetSamplingTargets'] },
      ],
    });
  });

  it('let the schedule start the workflow, keep what it could not start, and nothing else', () => {
    expect(stack.policy('schedule/policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'StartWorkflow',
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`,
        },
        {
          Sid: 'SendFailedStart',
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: `arn:aws:sqs:us-east-1:111111111111:${name}-dead-letters`,
        },
      ],
    });
  });

  it('let each role be taken by its own service, on behalf of this account only', () => {
    const trusts = [...stack.resources].flatMap(([path, { type, assume_role_policy: trust }]) =>
      type === 'aws_iam_role' && path !== 'report-role/role' ? [[path, JSON.parse(trust as string)]] : [],
    );
    const trust = (service: string, condition = {}) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: expect.any(String) as string,
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '111111111111', ...condition } },
        },
      ],
    });
    expect(Object.fromEntries(trusts)).toEqual({
      'list-accounts/role': trust('lambda.amazonaws.com'),
      'collect-reports/role': trust('lambda.amazonaws.com'),
      'summarize-run/role': trust('lambda.amazonaws.com'),
      'workflow/role': trust('states.amazonaws.com'),
      'schedule/role': trust('scheduler.amazonaws.com', {
        'aws:SourceArn': 'arn:aws:scheduler:us-east-1:111111111111:schedule-group/default',
      }),
    });
  });
});

describe('the report role', () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CollectorOfThisOrganization',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${name}-collect-reports` },
          StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
        },
      },
    ],
  };
  const permissions = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GenerateAndGetCredentialReport',
        Effect: 'Allow',
        Action: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
        Resource: '*',
      },
    ],
  };

  it('can be taken by the role of collect-reports, from within the organization, and by nobody else', () => {
    expect(stack.policy('report-role/role', 'assume_role_policy')).toEqual(trust);
    expect(stack.policy('report-role/policy')).toEqual(permissions);
  });

  it('is the same in the StackSet as in the account of the collection', () => {
    const template = JSON.parse(
      stack.resource('report-role-stack-set/stack-set').template_body as string,
    ) as object;
    expect(template).toMatchObject({
      Resources: {
        ReportRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: 'iam-credential-report-generation-role',
            AssumeRolePolicyDocument: trust,
            Policies: [{ PolicyDocument: permissions }],
          },
        },
      },
    });
  });
});
