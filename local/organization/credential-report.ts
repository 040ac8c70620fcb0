import { stringify } from 'csv-stringify/sync';
import { Random } from './random';

/** The columns that IAM writes today, in its order. */
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
] as const;

type Row = Record<string, string>;

const FIRST_NAMES = [
  'ada',
  'alan',
  'barbara',
  'edsger',
  'grace',
  'ken',
  'leslie',
  'margaret',
  'niklaus',
  'tony',
] as const;
const PURPOSES = [
  'admin',
  'backup',
  'ci',
  'deploy',
  'finance',
  'monitoring',
  'reports',
  'terraform',
] as const;

export interface ReportedAccount {
  id: string;
  partition: string;
  /** Depends on the organization's seed and the account. */
  seed: number;
  /** IAM users, the root user not counted. */
  users: number;
}

/** Makes the report of an account as IAM would at `now`: LF, no newline at the end, root first, then by name. */
export function credentialReport({ id, partition, seed, users }: ReportedAccount, now: Date): Buffer {
  const random = new Random(seed);
  const arn = (what: string) => `arn:${partition}:iam::${id}:${what}`;
  const rows = Array.from({ length: users }, (_, index) => user(userName(random, index), arn, random, now));
  const byName = rows.sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
  const table = [root(arn, random, now), ...byName];
  return Buffer.from(stringify(table, { header: true, columns: [...COLUMNS], eof: false }));
}

const nameIn = (row: Row) => (row.user ?? '').toLowerCase();

function userName(random: Random, index: number): string {
  const name = `${random.oneOf(FIRST_NAMES)}.${random.oneOf(PURPOSES)}-${index + 1}`;
  // A comma is legal in the name of a user.
  return random.oneIn(40) ? `${name},${random.oneOf(PURPOSES)}` : name;
}

function user(name: string, arn: (what: string) => string, random: Random, now: Date): Row {
  const age = random.between(1, 900);
  const console = random.oneIn(2);
  return {
    user: name,
    arn: arn(`user/${name}`),
    user_creation_time: ago(now, age),
    password_enabled: String(console),
    password_last_used: console ? used(random, now, age, 'no_information') : 'N/A',
    password_last_changed: console ? ago(now, random.between(0, age)) : 'N/A',
    password_next_rotation: 'N/A',
    mfa_active: String(console && !random.oneIn(4)),
    ...key(1, random.oneIn(2), random, now, age),
    ...key(2, random.oneIn(5), random, now, age),
    ...noCertificates,
  };
}

function root(arn: (what: string) => string, random: Random, now: Date): Row {
  const age = 1000;
  // Member accounts are made without credentials for root.
  const console = random.oneIn(3);
  return {
    user: '<root_account>',
    arn: arn('root'),
    user_creation_time: ago(now, age),
    password_enabled: String(console),
    password_last_used: console ? used(random, now, age, 'no_information') : 'N/A',
    password_last_changed: console ? ago(now, age) : 'N/A',
    password_next_rotation: 'not_supported',
    mfa_active: String(console && !random.oneIn(5)),
    ...key(1, false, random, now, age),
    ...key(2, false, random, now, age),
    ...noCertificates,
  };
}

const noCertificates = {
  cert_1_active: 'false',
  cert_1_last_rotated: 'N/A',
  cert_2_active: 'false',
  cert_2_last_rotated: 'N/A',
};

function key(slot: 1 | 2, exists: boolean, random: Random, now: Date, age: number): Row {
  const lastUsed = exists ? used(random, now, age, 'N/A') : 'N/A';
  const wasUsed = lastUsed !== 'N/A';
  const slotOf = (column: string) => `access_key_${slot}_${column}`;
  return {
    // An inactive key keeps its dates.
    [slotOf('active')]: String(exists && !random.oneIn(6)),
    [slotOf('last_rotated')]: exists ? ago(now, random.between(0, age)) : 'N/A',
    [slotOf('last_used_date')]: lastUsed,
    [slotOf('last_used_region')]: wasUsed ? 'us-east-1' : 'N/A',
    [slotOf('last_used_service')]: wasUsed ? random.oneOf(['s3', 'sts', 'ec2', 'iam'] as const) : 'N/A',
  };
}

function used(random: Random, now: Date, age: number, never: string): string {
  return random.oneIn(5) ? never : ago(now, random.between(0, age));
}

/** IAM writes whole seconds. */
function ago(now: Date, days: number): string {
  return `${new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
}
