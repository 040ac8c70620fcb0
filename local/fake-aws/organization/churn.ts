/** How the IAM users of an organization change from one day to the next. What a user becomes depends on nothing but the seed. */
import { Random } from '../random';
import { type DaysAgo, planted } from './planted-credentials';
import { type Row, noCredentials } from './report-row';

export interface Churn {
  /** When the first day's reports are generated. Until they change, credentials keep the dates that they had then. */
  readonly firstDay: Date;
  /** Users that change each day, percent. */
  readonly percent: number;
}

export const DAY = 86_400_000;

/** Whole days from the first to another one. */
export const daysSince = ({ firstDay }: Churn, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - firstDay.getTime() + DAY / 2) / DAY));

export interface ChangingUser {
  /** Different for each account. */
  readonly seed: number;
  /** Which user of the account it is. */
  readonly index: number;
  /** The row of the first day. */
  readonly row: Row;
  /** The row of somebody else without credentials, who was created that day. */
  readonly another: (random: Random, ago: DaysAgo) => Row;
  /** The time of so many days before a day. */
  readonly agoOn: (day: number) => DaysAgo;
}

/** The row of a user, or of who came in the place of one, on a day. */
export function rowOn(day: number, percent: number, { seed, index, row, another, agoOn }: ChangingUser): Row {
  let current = row;
  for (let changed = 1; changed <= day; changed++) {
    const random = new Random(mixed(seed, index, changed));
    if (random.between(1, 100) > percent) continue;
    const ago = agoOn(changed);
    const event = random.oneOf(['renews', 'renews', 'loses MFA', 'leaves'] as const);
    if (event === 'loses MFA') current = { ...current, mfa_active: 'false' };
    else if (event === 'renews') current = { ...current, ...renewed(random, ago) };
    else current = { ...another(random, ago), ...renewed(random, ago) };
  }
  return current;
}

const { password, key } = planted;

/** Credentials of that day, in the place of all that there were. */
const renewed = (random: Random, ago: DaysAgo): Row => ({
  ...noCredentials,
  ...random.oneOf([password.fresh, key(1).fresh, key(2).fresh]).credentials(random, ago),
});

/** The finalizer of MurmurHash3, over each number in turn. */
const mixed = (...numbers: readonly number[]): number =>
  numbers.reduce((hash, number) => {
    let mix = hash ^ number;
    mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
    return (mix ^ (mix >>> 16)) + 0x9e3779b9;
  }, 0) | 0;
