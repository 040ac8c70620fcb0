import { stringify } from 'csv-stringify/sync';
import { type Ago, RULES, type Rule, key, rootKinds, userKinds } from './planted-users';
import { Random } from '../random';

/** The columns that IAM writes today, in its order: not the list of the reader, or both would share its mistakes. */
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

export type Row = Record<string, string>;

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

/** A report, and how often the credentials in it break each rule. */
export interface PlantedReport {
  content: Buffer;
  planted: Record<Rule, number>;
}

/** Makes the report of an account as IAM would at `now`: LF, no newline at the end, root first, then by name. */
export function credentialReport({ id, partition, seed, users }: ReportedAccount, now: Date): PlantedReport {
  const random = new Random(seed);
  const ago = agoOf(now);
  const arn = (what: string) => `arn:${partition}:iam::${id}:${what}`;
  const planted = Object.fromEntries(RULES.map((rule) => [rule, 0])) as Record<Rule, number>;
  const plant = (kinds: typeof userKinds) => {
    const { breaks, credentials } = random.oneOf(kinds);
    for (const rule of breaks) planted[rule]++;
    return credentials(random, ago);
  };
  // Reports of AWS China have no root row.
  const rootRows = partition === 'aws-cn' ? [] : [root(arn('root'), plant(rootKinds), ago)];
  const userRows = Array.from({ length: users }, (_, index): Row => {
    const name = userName(random, index);
    return { ...user(name, arn(`user/${name}`), ago), ...plant(userKinds) };
  });
  const table = [...rootRows, ...userRows.sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1))];
  return {
    content: Buffer.from(stringify(table, { header: true, columns: [...COLUMNS], eof: false })),
    planted,
  };
}

const nameIn = (row: Row) => (row.user ?? '').toLowerCase();

function userName(random: Random, index: number): string {
  const name = `${random.oneOf(FIRST_NAMES)}.${random.oneOf(PURPOSES)}-${index + 1}`;
  // Legal in the name of a user: a comma, and what a spreadsheet takes for the beginning of a formula.
  if (random.oneIn(40)) return `${name},${random.oneOf(PURPOSES)}`;
  return random.oneIn(40) ? `${random.oneOf(['=', '+', '-', '@'] as const)}${name}` : name;
}

const nothing = {
  password_enabled: 'false',
  password_last_used: 'N/A',
  password_last_changed: 'N/A',
  password_next_rotation: 'N/A',
  mfa_active: 'false',
  ...key(1, false, 'N/A', 'N/A'),
  ...key(2, false, 'N/A', 'N/A'),
  cert_1_active: 'false',
  cert_1_last_rotated: 'N/A',
  cert_2_active: 'false',
  cert_2_last_rotated: 'N/A',
};

function user(name: string, arn: string, ago: Ago): Row {
  return { ...nothing, user: name, arn, user_creation_time: ago(1000) };
}

function root(arn: string, credentials: Row, ago: Ago): Row {
  const row = { ...user('<root_account>', arn, ago), ...credentials };
  return { ...row, password_next_rotation: 'not_supported' };
}

/**
 * Half a day more than the days that are asked for: ages are counted from the start of a run, which is some
 * minutes before the report. IAM writes whole seconds.
 */
function agoOf(now: Date): Ago {
  return (days) => {
    const date = new Date(now.getTime() - (days + 0.5) * 86_400_000);
    return `${date.toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
  };
}
