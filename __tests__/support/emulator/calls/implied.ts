/** What AWS checks for a request beside its own action. */
import type { RoleCall as Call } from '../../../../tools/policies/role-decision';
import { type Parameters, type ParsedRequest, textOf } from './parsed-request';

/** Actions that tag what another action creates, by the service as policies call it. */
const TAG_ACTIONS: Record<string, string> = {
  athena: 'TagResource',
  cloudformation: 'TagResource',
  cloudwatch: 'TagResource',
  events: 'TagResource',
  glue: 'TagResource',
  iam: 'TagRole',
  kms: 'TagResource',
  lambda: 'TagResource',
  logs: 'TagResource',
  s3: 'TagResource',
  sns: 'TagResource',
  sqs: 'TagQueue',
  states: 'TagResource',
};

/** Where a request names a role that it passes on, and to whom. */
const PASSED: [action: RegExp, service: string, role: (parameters: Parameters) => string | undefined][] = [
  [/^lambda:(CreateFunction|UpdateFunctionConfiguration)$/, 'lambda', (of) => textOf(of, 'Role')],
  [/^states:(Create|Update)StateMachine$/, 'states', (of) => textOf(of, 'roleArn')],
  [
    /^scheduler:(Create|Update)Schedule$/,
    'scheduler',
    ({ Target }) => textOf((Target ?? {}) as Parameters, 'RoleArn'),
  ],
];

export function impliedCalls(request: ParsedRequest, { action, resource, account }: Call): Call[] {
  const { parameters, headers, region } = request;
  const also = (name: string, of = resource): Call => ({ account, action: name, resource: of });
  const [service = ''] = action.split(':');
  const passed = PASSED.flatMap(([pattern, to, role]) => {
    const arn = pattern.test(action) ? role(parameters) : undefined;
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    const context = { 'iam:PassedToService': `${to}.amazonaws.com` };
    return arn === undefined ? [] : [{ ...also('iam:PassRole', arn), context }];
  });
  // AWS has not made the ARN yet.
  const tagged: Record<string, string> = {
    'kms:CreateKey': `arn:aws:kms:${region}:${account}:key/*`,
    'cloudformation:CreateStackSet': `arn:aws:cloudformation:${region}:${account}:stackset/${textOf(parameters, 'StackSetName')}:ID`,
  };
  const isNew = /:(Create|PutMetricAlarm|PutRule)/.test(action);
  return [
    ...passed,
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
    ...(isNew && hasTags(request) ? [also(`${service}:${TAG_ACTIONS[service]}`, tagged[action])] : []),
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
    ...(action === 's3:CreateBucket' && headers['x-amz-bucket-object-lock-enabled'] !== undefined
      ? [also('s3:PutBucketObjectLockConfiguration'), also('s3:PutBucketVersioning')]
      : []),
    ...(action === 's3:CreateBucket' && headers['x-amz-object-ownership'] !== undefined
      ? [also('s3:PutBucketOwnershipControls')]
      : []),
  ];
}

function hasTags({ parameters }: ParsedRequest): boolean {
  return Object.entries(parameters).some(
    ([name, value]) =>
      /^tags(\.member\.1\.Key)?$/i.test(name) &&
      (typeof value !== 'object' || Object.keys(value ?? {}).length > 0),
  );
}
