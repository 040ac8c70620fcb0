import * as z from 'zod';
import { checkSettings, digestOption } from './check-settings';
import { DEFAULT_REPORT_ROLE_NAME } from './report-role-policy';

/**
 * What an environment may choose. This schema is the one source of the defaults, of the checks, and of
 * `environments/schema.json`; every message says what is allowed.
 */

const text = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);

const wholeNumber = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
};

const list = (item: z.ZodType<string>) => z.array(item, 'a list').readonly().default([]);

const accountId = text(/^\d{12}$/, 'an account id of 12 digits');
const organizationalUnit = text(
  /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/,
  'the id of an organizational unit, ou-…',
);
const stackSetTarget = text(
  /^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/,
  'the id of a root, r-…, or of an organizational unit, ou-…',
);

/** Days that CloudWatch Logs accepts (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const bucket = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('new'),
      name: text(
        /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
        'a bucket name: 3 to 63 lower case letters, digits and hyphens',
      )
        .optional()
        .describe('Default: generated from the name of the environment and the account'),
    }),
  ],
  'an object with the kind "new"',
);

const encryption = z.discriminatedUnion(
  'kind',
  [z.strictObject({ kind: z.literal('s3-managed') })],
  'an object with the kind "s3-managed"',
);

const roleDeployment = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('stack-set'),
      targets: z
        .array(stackSetTarget, 'a list of ids')
        .min(1, 'at least one id')
        .readonly()
        .optional()
        .describe(
          'Default: the root, looked up. A large organization names it here: the look-up reads every account',
        ),
    }),
    z.strictObject({ kind: z.literal('none') }),
  ],
  'an object with the kind "stack-set" or "none"',
);

const backend = z.discriminatedUnion(
  'kind',
  [z.strictObject({ kind: z.literal('local') })],
  'an object with the kind "local"',
);

const anObject = { error: 'an object' };

const schedule = z.strictObject(
  {
    hour: wholeNumber(0, 23).default(8),
    timezone: z
      .string('the IANA name of a time zone')
      .refine(isTimeZone, 'the IANA name of a time zone, such as "UTC" or "Europe/Vienna"')
      .default('UTC'),
  },
  anObject,
);

const waiting = z.strictObject(
  {
    // A Wait state takes less than a year; more than a day for a report is a mistake.
    seconds: wholeNumber(1, 3_600).default(60).describe('Seconds of a cycle'),
    cycles: wholeNumber(1, 1_000).default(45).describe('Cycles until a report counts as not ready'),
  },
  anObject,
);

const accounts = z.strictObject(
  {
    includeOus: list(organizationalUnit).describe('Only accounts below these; empty: all'),
    excludeOus: list(organizationalUnit),
    exclude: list(accountId),
  },
  anObject,
);

export const Environment = z.strictObject({
  $schema: z.string().optional(),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region, such as "eu-central-1"').default('us-east-1'),
  bucket: bucket.default({ kind: 'new' }),
  encryption: encryption.default({ kind: 's3-managed' }),
  alertEmails: list(z.email('an e-mail address')),
  reportRoleName: text(
    /^[\w+=,.@-]{1,64}$/,
    'a role name: 1 to 64 letters, digits and + = , . @ _ -',
  ).default(DEFAULT_REPORT_ROLE_NAME),
  organizationId: text(/^o-[a-z0-9]{10,32}$/, 'the id of an organization: o- and 10 to 32 letters and digits')
    .optional()
    .describe('Default: looked up'),
  roleDeployment: roleDeployment.default({ kind: 'stack-set' }),
  collectFrom: z.literal('management-account', '"management-account"').default('management-account'),
  logRetentionDays: z
    .literal(RETENTION_DAYS, `days that CloudWatch Logs accepts: ${RETENTION_DAYS.join(', ')}`)
    .default(90),
  schedule: schedule.prefault({}),
  waiting: waiting.prefault({}),
  accounts: accounts.prefault({}),
  checks: checkSettings.prefault({}),
  digest: digestOption.default('failures'),
  athena: z
    .boolean('true or false')
    .default(false)
    .describe('Tables of reports, credentials and findings in a Glue database, and an Athena workgroup'),
  tags: z.record(z.string().min(1).max(128), z.string('a text').max(256), 'an object of texts').default({}),
  backend: backend.default({ kind: 'local' }),
});
export type Environment = z.output<typeof Environment>;

/** The name is part of names that AWS limits to 63 and 64 characters. */
export const EnvironmentName = text(
  /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
  '2 to 24 lower case letters, digits and hyphens',
);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
