/** Which resources AWS checks a request for (https://docs.aws.amazon.com/service-authorization/latest/reference/). */
import { type Arn, glueResources, stackSetResources } from './compound-resources';
import { type ParsedRequest, textOf } from './parsed-request';

type Resources = (request: ParsedRequest, arn: Arn) => string[];

/** It supports no resource, or lists them. */
const ANYTHING = ['*'];

/** Calls that AWS checks for no resource in particular, although some name one. */
const OF_NOTHING =
  /^(cloudformation:CreateStackSet|kms:(CreateKey|ListAliases)|logs:DescribeLogGroups|organizations:.*|states:ValidateStateMachineDefinition|sts:GetCallerIdentity)$/;

const lastPart = (path = '') => decodeURIComponent(path.split('/').at(-1) ?? '');

/** By the name that signs. */
const RESOURCES: Record<string, Resources> = {
  athena: ({ parameters }, arn) => [
    textOf(parameters, 'ResourceARN') ?? arn(`workgroup/${textOf(parameters, 'WorkGroup', 'Name')}`),
  ],
  cloudformation: stackSetResources,
  events: ({ parameters }, arn) => [
    textOf(parameters, 'ResourceARN') ?? arn(`rule/${textOf(parameters, 'Rule', 'Name')}`),
  ],
  glue: glueResources,
  iam: ({ parameters }, arn) => [arn(`role/${textOf(parameters, 'RoleName')}`)],
  kms: ({ parameters }, arn) => {
    const key = textOf(parameters, 'KeyId', 'TargetKeyId', 'ResourceARN');
    const alias = textOf(parameters, 'AliasName');
    return [
      ...(alias === undefined ? [] : [arn(alias)]),
      ...(key === undefined ? [] : [key.startsWith('arn:') ? key : arn(`key/${key}`)]),
    ];
  },
  lambda: ({ path, parameters }, arn) => {
    const [, tagged] = /^\/2017-03-31\/tags\/([^?]+)/.exec(path) ?? [];
    const [, name] = /\/functions\/([^/?]+)/.exec(path) ?? [];
    return [
      tagged === undefined
        ? arn(`function:${name ?? textOf(parameters, 'FunctionName')}`)
        : decodeURIComponent(tagged),
    ];
  },
  logs: ({ parameters }, arn) => [
    textOf(parameters, 'resourceArn') ?? arn(`log-group:${textOf(parameters, 'logGroupName')}`),
  ],
  monitoring: ({ action, parameters }, arn) => {
    const dashboard = textOf(parameters, 'DashboardName', 'DashboardNames.member.1');
    if (dashboard !== undefined) return [arn(`dashboard/${dashboard}`).replace(/:[a-z0-9-]+:(\d+:)/, '::$1')];
    // It lists: AWS checks it for all alarms.
    if (action === 'DescribeAlarms') return [arn('alarm:*')];
    const alarm = textOf(parameters, 'AlarmName', 'AlarmNames.member.1');
    return [textOf(parameters, 'ResourceARN') ?? arn(`alarm:${alarm}`)];
  },
  s3: ({ action, path }) => {
    const { pathname } = new URL(path, 'http://localhost');
    const [, tagged] = /^\/v20180820\/tags\/(.+)/.exec(pathname) ?? [];
    const [, named = ''] = /^\/([^/]+(?:\/.+)?)\/?$/.exec(pathname) ?? [];
    // Which ones is in its body.
    if (action === 'DeleteObjectVersion') return [`arn:aws:s3:::${named}/*`];
    return [tagged === undefined ? `arn:aws:s3:::${decodeURIComponent(named)}` : decodeURIComponent(tagged)];
  },
  scheduler: ({ path, parameters }, arn) => [
    arn(
      `schedule/${textOf(parameters, 'groupName', 'GroupName') ?? 'default'}/${lastPart(path.split('?')[0])}`,
    ),
  ],
  sns: ({ parameters }, arn) => {
    const topic = textOf(parameters, 'TopicArn', 'ResourceArn', 'SubscriptionArn');
    return [topic?.split(':').slice(0, 6).join(':') ?? arn(textOf(parameters, 'Name') ?? '')];
  },
  sqs: ({ parameters }, arn) => [
    arn(textOf(parameters, 'QueueName') ?? lastPart(textOf(parameters, 'QueueUrl'))),
  ],
  states: ({ parameters }, arn) => [
    textOf(parameters, 'stateMachineArn', 'resourceArn') ?? arn(`stateMachine:${textOf(parameters, 'name')}`),
  ],
  sts: ({ parameters }) => [textOf(parameters, 'RoleArn') ?? ''],
};

/** Services whose resources have no Region. */
const GLOBAL = ['iam'];

/** @throws if none is known: then a policy that allows it cannot be told from one that does not */
export function resourcesOf(request: ParsedRequest, account: string): string[] {
  const { service, region, permission } = request;
  if (OF_NOTHING.test(permission)) return ANYTHING;
  const [prefix] = permission.split(':');
  const arn: Arn = (resource) =>
    `arn:aws:${prefix}:${GLOBAL.includes(service) ? '' : region}:${account}:${resource}`;
  const resources = RESOURCES[service]?.(request, arn) ?? [];
  if (resources.length === 0 || resources.some((resource) => /undefined|:$/.test(resource)))
    throw new Error(`no resource is known for ${permission} with ${JSON.stringify(request.parameters)}`);
  return resources;
}
