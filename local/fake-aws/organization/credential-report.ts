import { stringify } from 'csv-stringify/sync';
import { Random } from '../random';
import { type Churn, DAY, daysSince, rowOn } from './churn';
import { type DaysAgo, type PlantedRule, plantedRules } from './planted-credentials';
import { plantedRootUsers, plantedUsers } from './planted-users';
import { ADDITIONAL_COLUMN, COLUMNS, type Row, noCredentials } from './report-row';

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
  /** Different for each account; follows from the seed of the organization. */
  seed: number;
  /** IAM users, without the root user. */
  users: number;
  /**
   * How its users change from day to day.
   * @default - the report of every day is the first one
   */
  churn?: Churn | undefined;
}

/** How many findings there are of each rule. */
export type PlantedCounts = Record<PlantedRule, number>;

/** A report, and what is planted in it. */
export interface PlantedReport {
  content: Buffer;
  /** Of the first day: later, credentials have changed and are older. */
  planted: PlantedCounts;
  /** Names of the IAM users. */
  users: readonly string[];
}

/**
 * Generates the report of an account as IAM would at `now`: line feeds, none after the last line, the root user first,
 * then users by name.
 */
export function credentialReport(
  { id, partition, seed, users, ...account }: ReportedAccount,
  now: Date,
): PlantedReport {
  const random = new Random(seed);
  const churn = account.churn ?? { firstDay: now, percent: 0 };
  const agoOn = (day: number) => daysBefore(new Date(churn.firstDay.getTime() + day * DAY));
  const ago = agoOn(0);
  const arn = (what: string) => `arn:${partition}:iam::${id}:${what}`;
  const planted = countsByRule(() => 0);
  const plant = (users: typeof plantedUsers) => {
    const { breaks, credentials } = random.oneOf(users);
    for (const rule of breaks) planted[rule]++;
    return credentials(random, ago);
  };
  // Reports of AWS China have no root row.
  const rootRows = partition === 'aws-cn' ? [] : [root(arn('root'), plant(plantedRootUsers), ago)];
  const newUser = (random: Random, index: number, created: string): Row => {
    const name = userName(random, index);
    return { ...noCredentials, user: name, arn: arn(`user/${name}`), user_creation_time: created };
  };
  const today = daysSince(churn, now);
  const userRows = Array.from({ length: users }, (_, index): Row => {
    const row = { ...newUser(random, index, ago(1000)), ...plant(plantedUsers) };
    const another = (random: Random, ago: DaysAgo) => newUser(random, index, ago(0));
    return rowOn(today, churn.percent, { seed, index, row, another, agoOn });
  });
  const table = [...rootRows, ...userRows.sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1))];
  const columns = [...COLUMNS, ...(table.some((row) => ADDITIONAL_COLUMN in row) ? [ADDITIONAL_COLUMN] : [])];
  return {
    content: Buffer.from(stringify(table, { header: true, columns, eof: false })),
    planted,
    users: userRows.map(({ user = '' }) => user),
  };
}

export function countsByRule(count: (rule: PlantedRule) => number): PlantedCounts {
  return Object.fromEntries(plantedRules.map((rule) => [rule, count(rule)])) as PlantedCounts;
}

const nameIn = (row: Row) => (row.user ?? '').toLowerCase();

function userName(random: Random, index: number): string {
  const name = `${random.oneOf(FIRST_NAMES)}.${random.oneOf(PURPOSES)}-${index + 1}`;
  // User names may contain commas and may start with a character that starts a formula in a spreadsheet.
  if (random.oneIn(40)) return `${name},${random.oneOf(PURPOSES)}`;
  return random.oneIn(40) ? `${random.oneOf(['=', '+', '-', '@'] as const)}${name}` : name;
}

function root(arn: string, credentials: Row, ago: DaysAgo): Row {
  const user = { user: '<root_account>', arn, user_creation_time: ago(1000) };
  return { ...noCredentials, ...user, ...credentials, password_next_rotation: 'not_supported' };
}

/**
 * Adds half a day to the days asked for, because ages are counted from the start of the run, some minutes before the
 * report is generated. IAM writes whole seconds.
 */
function daysBefore(now: Date): DaysAgo {
  return (days) => {
    const date = new Date(now.getTime() - (days + 0.5) * DAY);
    return `${date.toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`;
  };
}
