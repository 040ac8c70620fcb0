import * as z from 'zod/mini';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys } from '../../shared/bucket-layout';
import { daysAfter } from '../../shared/calendar';
import { AccountId, CalendarDate } from '../../shared/fields';
import { InvalidInput } from '../../shared/validation';

/** The tags of an account, as far as the settings name them, and when they were read. */
export interface KnownTags {
  values: Readonly<Record<string, string>>;
  asOf: string;
}

/** What is known about an organization from earlier runs. */
export interface Directory {
  tags: Map<string, KnownTags>;
  /** Accounts whose tags no run has read yet: a run reads them first, before it has listed them. */
  unread: string[];
  /** Names of organizational units by their ID. */
  units: Map<string, string>;
}

/** What is known before the first run. */
export const noDirectory = (): Directory => ({ tags: new Map(), unread: [], units: new Map() });

/** Largest file that is read, bytes: 50,000 accounts with two tags of 256 characters. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Tags that were read longer ago are not known any more, days: longer than a delegated administrator takes who collects once
 * a week, and gets all tags in 17 runs (`docs/owners.md`).
 */
const MOST_DAYS = 120;

/** Longest value of a tag and name of a unit (https://docs.aws.amazon.com/organizations/latest/APIReference/API_Tag.html). */
const Value = z.string().check(z.maxLength(256));

const DirectoryFile = z.object({
  /** Keys of the tags that were asked for. */
  keys: z.array(z.string()),
  accounts: z.record(AccountId, z.object({ asOf: CalendarDate, values: z.record(z.string(), Value) })),
  unread: z.array(AccountId),
  units: z.record(z.string().check(z.regex(/^ou-[0-9a-z-]{1,64}$/)), Value),
});
type DirectoryFile = z.infer<typeof DirectoryFile>;

/**
 * Reads what earlier runs of the environment kept. Whoever can write the file can claim tags and names of units, and nothing
 * else: only the tags that are wanted now are taken, and no date after today. Tags that no run could read for a long time
 * do not count, since exemptions may depend on them.
 * @param wanted - keys of tags; if the file was written for fewer, its tags do not count
 * @throws if the file cannot be read or is not valid
 */
export async function readDirectory(
  bucket: ReportBucket,
  environment: string,
  wanted: readonly string[],
  today: string,
): Promise<Directory> {
  const key = keys.directory(environment);
  const found = await bucket.find(key);
  if (!found) return noDirectory();
  if (found.bytes > MOST_BYTES)
    throw new InvalidInput(`${bucket.url(key)} has ${found.bytes} bytes; at most ${MOST_BYTES} are read`);
  const { content } = await bucket.getJson(key, DirectoryFile);
  const isFor = wanted.every((tag) => content.keys.includes(tag));
  const oldest = daysAfter(today, -MOST_DAYS);
  const accounts = Object.entries(content.accounts).filter(
    ([, { asOf }]) => isFor && oldest <= asOf && asOf <= today,
  );
  return {
    tags: new Map(accounts.map(([id, { asOf, values }]) => [id, { asOf, values: only(wanted, values) }])),
    unread: content.unread,
    units: new Map(Object.entries(content.units)),
  };
}

/** Keeps what is known for the next run. */
export async function writeDirectory(
  bucket: ReportBucket,
  environment: string,
  wanted: readonly string[],
  { tags, unread, units }: Directory,
): Promise<void> {
  const content: DirectoryFile = {
    keys: [...wanted],
    accounts: Object.fromEntries(tags),
    unread,
    units: Object.fromEntries(units),
  };
  await bucket.putJson(keys.directory(environment), content);
}

/** The tags with these keys. */
export const only = (wanted: readonly string[], values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    wanted.flatMap((key) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined;
      return value === undefined ? [] : [[key, value]];
    }),
  );
