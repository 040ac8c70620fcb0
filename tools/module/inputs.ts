/**
 * What callers of the module choose, as far as it decides which resources there are and what they are like. Values that only
 * appear somewhere are known values: see `known.ts`.
 */
import { REVIEW_DAYS } from '../../constructs/storage/lifecycle-rules';
import { defaultRegions } from '../../constructs/default-regions';
import { type Known, type Options, items, text, whole } from './known';
import { valueOf } from './option';

export interface Case {
  /** Options of an environment. */
  readonly options: Options;
}

export interface Input {
  /** Expression of Terraform whose value is the name of the case. */
  readonly expression: string;
  /** Cases by name. The first one is the default. */
  readonly cases: Readonly<Record<string, Case>>;
}

const onOff = (
  name: string,
  expression: string,
  options: (on: boolean) => Options,
): readonly [string, Input] => [
  name,
  { expression, cases: { false: { options: options(false) }, true: { options: options(true) } } },
];

const givenOrNot = (name: string, variable: string, options: Options): readonly [string, Input] => [
  name,
  {
    expression: `${variable} == null ? "none" : "given"`,
    cases: { none: { options: {} }, given: { options } },
  },
];

const account = '222222222222';
const keyArn = (which: string) => `arn:aws:kms:eu-central-1:${account}:key/${which}`;
const rootId = text('local.root_id', 'r-zq12', 'r-zq34');
// No more than the shortest retention.
const lockDays = whole('var.object_lock.days', 11, 10);

/** A Region of each kind, and another one of the same kind. */
export const regions: Readonly<Record<string, readonly [string, string]>> = {
  default: ['eu-central-1', 'ap-northeast-2'],
  'opt-in': ['eu-south-2', 'ap-east-1'],
  'without-namespaces': ['me-south-1', 'me-central-1'],
  china: ['cn-north-1', 'cn-northwest-1'],
  government: ['us-gov-west-1', 'us-gov-east-1'],
  // The Regions of other partitions are like those that every account has, but for namespaces of buckets.
  sovereign: ['eusc-de-east-1', 'eusc-de-east-1'],
  isolated: ['us-iso-east-1', 'us-isob-east-1'],
};

const region: Input = {
  expression:
    'data.aws_partition.current.partition == "aws-cn" ? "china" : ' +
    'data.aws_partition.current.partition == "aws-us-gov" ? "government" : ' +
    'data.aws_partition.current.partition == "aws-eusc" ? "sovereign" : ' +
    'startswith(data.aws_partition.current.partition, "aws-iso") ? "isolated" : ' +
    `contains(${valueOf(regions['without-namespaces'])}, local.region) ? "without-namespaces" : ` +
    `contains(${valueOf([...defaultRegions])}, local.region) ? "default" : "opt-in"`,
  cases: Object.fromEntries(Object.keys(regions).map((kind) => [kind, { options: {} }])),
};

/** The inputs by name; what explains more comes first. */
export const inputs: ReadonlyMap<string, Input> = new Map<string, Input>([
  ['region', region],
  onOff('athena', 'var.athena', (athena) => ({ athena })),
  onOff('chat', 'var.chat', (chat) => ({ chat })),
  onOff('signing', 'var.signing', (signing) => ({ signing })),
  onOff('service_credentials', 'var.service_credentials', (serviceCredentials) => ({ serviceCredentials })),
  onOff('ocsf', 'var.exports.ocsf', (ocsf) => ({ exports: { ocsf } })),
  [
    'events',
    {
      expression: 'var.exports.events',
      cases: {
        none: { options: { exports: { events: 'none' } } },
        default: { options: { exports: { events: 'default' } } },
        own: { options: { exports: { events: 'own' } } },
      },
    },
  ],
  [
    'role_deployment',
    {
      expression:
        'var.role_deployment.kind == "none" ? "none" : ' +
        'alltrue([for target in coalesce(var.role_deployment.targets, ["r-"]) : startswith(target, "r-")]) ? "root" : "units"',
      cases: {
        root: { options: { roleDeployment: { kind: 'stack-set', targets: [rootId] } } },
        units: {
          options: {
            roleDeployment: {
              kind: 'stack-set',
              targets: items(
                'var.role_deployment.targets',
                'ou-zq12-11111111',
                'ou-zq34-22222222',
                'ou-zq35-22222222',
              ),
            },
          },
        },
        none: { options: { roleDeployment: { kind: 'none' } } },
      },
    },
  ],
  [
    'collect_from',
    {
      expression: 'var.collect_from',
      cases: {
        'management-account': { options: { collectFrom: 'management-account' } },
        'delegated-administrator': { options: { collectFrom: 'delegated-administrator' } },
      },
    },
  ],
  [
    'encryption',
    {
      expression: 'var.encryption.kind',
      cases: {
        'bucket-default': { options: { encryption: { kind: 'bucket-default' } } },
        's3-managed': { options: { encryption: { kind: 's3-managed' } } },
        'new-key': { options: { encryption: { kind: 'new-key' } } },
        'existing-key': {
          options: {
            encryption: {
              kind: 'existing-key',
              keyArn: text('var.encryption.key_arn', keyArn('zq-1111'), keyArn('zq-2222')),
            },
          },
        },
      },
    },
  ],
  [
    'former_keys',
    {
      expression: 'length(var.encryption.former_key_arns) == 0 ? "none" : "given"',
      cases: {
        none: { options: {} },
        given: {
          options: {
            encryption: {
              formerKeyArns: items(
                'var.encryption.former_key_arns',
                keyArn('zq-3333'),
                keyArn('zq-4444'),
                keyArn('zq-7777'),
              ),
            },
          },
        },
      },
    },
  ],
  [
    'bucket_name',
    {
      expression: 'var.bucket.name == null ? "generated" : "chosen"',
      cases: {
        generated: { options: { bucket: { kind: 'new' } } },
        chosen: {
          options: {
            bucket: { kind: 'new', name: text('local.bucket_name', 'zq-bucket-one', 'zq-bucket-two') },
          },
        },
      },
    },
  ],
  [
    'retention',
    {
      expression: `var.retention_days == null ? "none" : var.retention_days < ${REVIEW_DAYS} ? "short" : "given"`,
      cases: {
        none: { options: {} },
        short: { options: { retentionDays: whole('var.retention_days', REVIEW_DAYS - 1, REVIEW_DAYS - 2) } },
        given: { options: { retentionDays: text('var.retention_days', 23_456, 32_109) } },
      },
    },
  ],
  [
    'object_lock',
    {
      expression: 'try(var.object_lock.mode, "none")',
      cases: {
        none: { options: {} },
        governance: { options: { objectLock: { mode: 'governance', days: lockDays } } },
        compliance: { options: { objectLock: { mode: 'compliance', days: lockDays } } },
      },
    },
  ],
  givenOrNot('access_logging', 'var.access_logging', {
    accessLogging: {
      bucketName: text('var.access_logging.bucket_name', 'zq-access-one', 'zq-access-two'),
      prefix: text('var.access_logging.prefix', 'zq-log/', 'zq-requests/'),
    },
  }),
  givenOrNot('operations_key', 'var.operations_key_arn', {
    operationsKeyArn: text(
      'var.operations_key_arn',
      'arn:aws:kms:eu-central-1:111111111111:key/zq-5555',
      'arn:aws:kms:eu-central-1:111111111111:key/zq-6666',
    ),
  }),
  givenOrNot('reserved_concurrency', 'var.reserved_concurrency', {
    reservedConcurrency: text('var.reserved_concurrency', 7531, 6421),
  }),
  [
    'permissions_boundary',
    {
      expression:
        'var.roles.permissions_boundary == null ? "none" : startswith(var.roles.permissions_boundary, "arn:") ? "arn" : "name"',
      cases: {
        none: { options: {} },
        name: {
          options: {
            roles: {
              permissionsBoundary: text('var.roles.permissions_boundary', 'zq/boundary', 'zq/limits'),
            },
          },
        },
        arn: {
          options: {
            roles: {
              permissionsBoundary: text(
                'var.roles.permissions_boundary',
                'arn:aws:iam::aws:policy/zqBoundary',
                'arn:aws:iam::aws:policy/zqLimits',
              ),
            },
          },
        },
      },
    },
  ],
  [
    'include_ous',
    {
      expression: 'var.accounts.include_ous == null ? "none" : "given"',
      cases: {
        none: { options: {} },
        given: {
          options: {
            accounts: {
              includeOus: items(
                'var.accounts.include_ous',
                'ou-zq56-11111111',
                'ou-zq78-22222222',
                'ou-zq79-22222222',
              ),
            },
          },
        },
      },
    },
  ],
  givenOrNot('owner_tag', 'var.owners.tag', { owners: { tag: text('var.owners.tag', 'ZqOwner', 'ZqTeam') } }),
  onOff('owners_file', 'var.owners.file', (file) => ({ owners: { file } })),
  onOff('owners_email', 'var.owners.email', (email) => ({ owners: { email } })),
  onOff('unit_names', 'var.owners.unit_names', (unitNames) => ({ owners: { unitNames } })),
]);

/** Names of the cases of each input. */
export const cases: ReadonlyMap<string, readonly string[]> = new Map(
  [...inputs].map(([name, input]) => [name, Object.keys(input.cases)]),
);

/** Options that every environment of a sample has. */
export const common: Options = {
  organizationId: text('local.organization_id', 'o-zqorganization', 'o-zqcompany99'),
  reportRoleName: text('var.report_role_name', 'zq-report-role', 'zq-other-role'),
  roles: { path: text('var.roles.path', '/zq-security/', '/zq-audit/') },
  bucket: { prefix: text('var.bucket.prefix', 'zq-audit/', 'zq-evidence/') },
  alertEmails: items('var.alert_emails', 'zq-one@example.com', 'zq-two@example.com', 'zq-three@example.com'),
  digest: whole('var.digest', 'weekly', 'always'),
  schedule: {
    hour: text('var.schedule.hour', 22, 19),
    timezone: text('var.schedule.timezone', 'Pacific/Apia', 'Indian/Chagos'),
  },
  waiting: { seconds: whole('var.waiting.seconds', 1879, 1741), cycles: whole('var.waiting.cycles', 37, 41) },
  accounts: {
    excludeOus: items('var.accounts.exclude_ous', 'ou-zq90-11111111', 'ou-zq91-22222222', 'ou-zq92-22222222'),
    exclude: items('var.accounts.exclude', '999999999901', '999999999902', '999999999903'),
  },
  architecture: whole('var.architecture', 'x86_64', 'arm64'),
  logRetentionDays: whole('var.log_retention_days', 3288, 2922),
  tags: whole('var.tags', { 'zq-team': 'zq-security' }, { 'zq-project': 'zq-audit' }),
};

/** The name of the deployment, which is that of an environment. */
export const deploymentName: Known = text('var.name', 'zq-name', 'zq-other');
