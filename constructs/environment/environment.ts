import * as z from 'zod';
import { checkSettings, digestOption } from './check-settings';

/**
 * What an environment may choose. This schema is the one source of the defaults, of the checks, and of
 * `environments/schema.json`; every message says what is allowed.
 */

const text = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);

const wholeNumber = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return z.int(allowed).min(least, allowed).max(most, allowed);
};

const unique = (values: readonly string[]) => new Set(values).size === values.length;
const noValueTwice = 'no value twice';

const list = (item: z.ZodType<string>) =>
  z.array(item, 'a list').refine(unique, noValueTwice).readonly().default([]);

const roleName = text(/^[\w+=,.@-]{1,64}$/, 'a role name: 1 to 64 letters, digits and + = , . @ _ -');
const regionName = text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region, such as "eu-central-1"');
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

/** A discriminated union says all of its kinds when none fits. */
const oneOf = <
  const Kinds extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(
  kinds: Kinds,
  allowed: string,
) => z.discriminatedUnion('kind', kinds, `an object with the kind ${allowed}`);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = text(
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'a bucket name: 3 to 63 lower case letters, digits, dots and hyphens, without the beginnings and ends that AWS keeps for itself',
);

const bucket = oneOf(
  [
    z.strictObject({
      kind: z.literal('new'),
      name: bucketName
        .optional()
        .describe('Default: generated from the name of the environment and the account'),
    }),
    z.strictObject({
      kind: z.literal('existing'),
      name: bucketName,
      accountId: accountId
        .optional()
        .describe(
          'Account that owns the bucket, if it is another; the policy statements that it needs are an output',
        ),
    }),
  ],
  '"new" or "existing"',
);

const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

const encryption = oneOf(
  [
    z.strictObject({ kind: z.literal('s3-managed') }),
    z.strictObject({ kind: z.literal('new-key') }),
    z.strictObject({
      kind: z.literal('existing-key'),
      keyArn: text(keyArn, 'the ARN of a KMS key, arn:…:kms:REGION:ACCOUNT:key/ID'),
    }),
  ],
  '"s3-managed", "new-key" or "existing-key"',
);

const loggingAccount = z.strictObject(
  {
    accountId,
    roleName: roleName.describe('Role there that Terraform takes to make bucket and key'),
  },
  { error: 'an object' },
);

const roleDeployment = oneOf(
  [
    z.strictObject({
      kind: z.literal('stack-set'),
      targets: z
        .array(stackSetTarget, 'a list of ids')
        .min(1, 'at least one id')
        .refine(unique, noValueTwice)
        .readonly()
        .optional()
        .describe(
          'Default: the root, looked up. A large organization names it here: the look-up reads every account',
        ),
    }),
    z.strictObject({ kind: z.literal('none') }),
  ],
  '"stack-set" or "none"',
);

const backend = oneOf(
  [
    z.strictObject({ kind: z.literal('local') }),
    z.strictObject({
      kind: z.literal('s3'),
      bucket: bucketName,
      key: z
        .string('a text')
        .min(1, 'a text')
        .optional()
        .describe('Default: iam-credential-reports/NAME/terraform.tfstate'),
      region: regionName,
    }),
    z.strictObject({
      kind: z.literal('cloud'),
      organization: z.string('a text').min(1, 'a text'),
      workspace: z
        .string('a text')
        .min(1, 'a text')
        .optional()
        .describe('Default: the name of the environment'),
      hostname: z.string('a host name').min(1, 'a host name').optional().describe('Of Terraform Enterprise'),
    }),
  ],
  '"local", "s3" or "cloud"',
);

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagText = (least: number, most: number) =>
  text(
    new RegExp(`^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{${least},${most}}$`, 'u'),
    `a text of ${least} to ${most} letters, digits, spaces and _ . : / = + - @ that does not begin with aws:`,
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

/**
 * A batch starts every second, so `batchSize` is also how many accounts are polled in a second. STS allows 600 calls a
 * second in an account and Region (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html), which
 * others need too. At 400 accounts a batch, 50,000 accounts, the most of an organization, are 125 batches, which all run
 * at once.
 */
const scale = z.strictObject(
  {
    batchSize: wholeNumber(1, 500).default(400).describe('Accounts that one function works through'),
    batchConcurrency: wholeNumber(1, 50).default(20).describe('Accounts of a batch at the same time'),
    mapConcurrency: wholeNumber(1, 10_000).default(1_000).describe('Batches that are under way'),
  },
  anObject,
);

const objectLock = z.strictObject(
  {
    mode: z
      .enum(['governance', 'compliance'], '"governance" or "compliance"')
      .describe('compliance: nobody can shorten it, not even the root user; try governance first'),
    days: wholeNumber(1, 36_500).describe('Days for which each version is locked'),
  },
  anObject,
);

const fields = z.strictObject({
  $schema: z.string().optional(),
  region: regionName.default('us-east-1'),
  bucket: bucket.default({ kind: 'new' }),
  encryption: encryption.default({ kind: 's3-managed' }),
  retentionDays: wholeNumber(1, 36_500)
    .optional()
    .describe(
      'Days that the new bucket keeps what is in it; default: for ever. The copies in report-packs/ stay for 15 days',
    ),
  objectLock: objectLock
    .optional()
    .describe(
      'Locks each version in the new bucket as evidence: neither it nor the bucket can be deleted before its time',
    ),
  loggingAccount: loggingAccount
    .optional()
    .describe('Account that gets bucket and key; default: the one that collects'),
  alertEmails: list(z.email('an e-mail address')),
  reportRoleName: roleName.default('iam-credential-report-generation-role'),
  organizationId: text(/^o-[a-z0-9]{10,32}$/, 'the id of an organization: o- and 10 to 32 letters and digits')
    .optional()
    .describe('Default: looked up'),
  roleDeployment: roleDeployment.default({ kind: 'stack-set' }),
  collectFrom: z
    .enum(
      ['management-account', 'delegated-administrator'],
      '"management-account" or "delegated-administrator"',
    )
    .default('management-account'),
  logRetentionDays: z
    .literal(RETENTION_DAYS, `days that CloudWatch Logs accepts: ${RETENTION_DAYS.join(', ')}`)
    .default(90),
  schedule: schedule.prefault({}),
  waiting: waiting.prefault({}),
  accounts: accounts.prefault({}),
  scale: scale.prefault({}),
  checks: checkSettings.prefault({}),
  digest: digestOption.default('failures'),
  athena: z
    .boolean('true or false')
    .default(false)
    .describe('Tables of reports, credentials and findings in a Glue database, and an Athena workgroup'),
  reservedConcurrency: wholeNumber(1, 10_000)
    .optional()
    .describe(
      'Concurrency kept for collect-reports, and the most that it gets; default: what is free. Asking ahead takes none of it. AWS refuses it in a new account, whose limit is 10',
    ),
  tags: z.record(tagText(1, 128), tagText(0, 256), 'an object of texts').default({}),
  backend: backend.default({ kind: 'local' }),
});

/** What a rule between fields sees: it is told together with mistakes in the fields. */
interface Unchecked {
  readonly region?: string;
  readonly bucket?: { readonly kind?: string };
  readonly encryption?: { readonly kind?: string; readonly keyArn?: unknown };
  readonly loggingAccount?: object;
  readonly retentionDays?: unknown;
  readonly objectLock?: { readonly days?: unknown };
}

/** Of what is no key that is told already. */
const regionOfKey = (arn: unknown) => (typeof arn === 'string' && keyArn.test(arn) ? arn.split(':')[3] : '');

const rule = (path: string[], allowed: string) => ({ path, message: allowed, when: () => true });

export const Environment = fields
  .refine(
    ({ bucket, encryption }: Unchecked) => bucket?.kind !== 'existing' || encryption?.kind !== 'new-key',
    rule(
      ['encryption', 'kind'],
      '"s3-managed" or "existing-key" with an existing bucket: its encryption is its owner\'s',
    ),
  )
  .refine(
    ({ bucket, loggingAccount }: Unchecked) => bucket?.kind !== 'existing' || loggingAccount === undefined,
    rule(['loggingAccount'], 'nothing with an existing bucket: its account is bucket.accountId'),
  )
  .refine(
    ({ bucket, retentionDays }: Unchecked) => bucket?.kind !== 'existing' || retentionDays === undefined,
    rule(['retentionDays'], "nothing with an existing bucket: its lifecycle is its owner's"),
  )
  .refine(
    ({ bucket, objectLock }: Unchecked) => bucket?.kind !== 'existing' || objectLock === undefined,
    rule(['objectLock'], "nothing with an existing bucket: its lock is its owner's"),
  )
  .refine(
    ({ retentionDays, objectLock }: Unchecked) => !(Number(objectLock?.days) > Number(retentionDays)),
    rule(['objectLock', 'days'], 'at most retentionDays: what is locked does not go away'),
  )
  .refine(
    ({ encryption, region }: Unchecked) =>
      encryption?.kind !== 'existing-key' || ['', region].includes(regionOfKey(encryption.keyArn)),
    rule(['encryption', 'keyArn'], 'a key of the Region of the environment, which is that of the bucket'),
  );
export type Environment = z.output<typeof Environment>;

/** How the work is divided. */
export type Scale = Environment['scale'];

/** What an environment is when its file says nothing. */
export const defaultOptions = Environment.parse({});

const environmentName =
  '2 to 24 lower case letters, digits and hyphens, and neither report-role, which is the module, nor schema, which is ' +
  'for editors';

/** The name is part of names that AWS limits to 63 and 64 characters. */
export const EnvironmentName = text(
  /^(?!(report-role|schema)$)[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
  environmentName,
);

/** IANA names begin with a capital letter; Node knows offsets and other spellings too, which AWS does not. */
function isTimeZone(name: string): boolean {
  try {
    return (
      /^[A-Z]/.test(name) &&
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}
