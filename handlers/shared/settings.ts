/**
 * The environment variables of a function, described once: the handler reads them, and the construct, the local run and
 * the benchmark write them.
 */

import type { PermanentError } from './permanent-errors';

/** Variables are missing or not valid. Never retried: the deployment is wrong. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings' satisfies PermanentError;
}

/** How the value of a setting is written to a variable and read from it. */
export interface Setting<Value> {
  readonly variable: string;
  /** What is accepted, for messages. */
  readonly accepts: string;
  /** The value, or undefined if the text is not valid. */
  readonly parse: (text: string) => Value | undefined;
}

/** Any text that is not empty. */
export const text = (variable: string): Setting<string> => ({
  variable,
  accepts: 'any text',
  parse: (value) => (value === '' ? undefined : value),
});

/** Text that may be empty. */
export const anyText = (variable: string): Setting<string> => ({
  variable,
  accepts: 'any text',
  parse: (value) => value,
});

/** One of a few texts. */
const oneOf = <const Value extends string>(variable: string, values: readonly Value[]): Setting<Value> => ({
  variable,
  accepts: values.map((value) => (value === '' ? 'empty' : value)).join(' or '),
  parse: (found) => values.find((value) => value === found),
});

/** A whole number of at least 1, or nothing. */
export const optionalPositiveInteger = (variable: string): Setting<number | ''> => ({
  variable,
  accepts: 'a whole number of at least 1, or empty',
  parse: (value) => (value === '' ? '' : positiveInteger(variable).parse(value)),
});

/** A whole number of at least 1. The schema of environment files says how large it may be. */
export const positiveInteger = (variable: string): Setting<number> => ({
  variable,
  accepts: 'a whole number of at least 1',
  parse: (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : 0;
    return number >= 1 && Number.isSafeInteger(number) ? number : undefined;
  },
});

type Settings = Readonly<Record<string, Setting<string | number>>>;

/** The values of settings, by name. */
export type SettingValues<Described extends Settings> = {
  [Name in keyof Described]: Described[Name] extends Setting<infer Value> ? Value : never;
};

/**
 * Reads the settings of the function that is running.
 * @throws {@link InvalidSettings} that names every variable that is missing or not valid
 */
export function readSettings<Described extends Settings>(
  settings: Described,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SettingValues<Described> {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([name, { variable, accepts, parse }]) => {
    const found = environment[variable] ?? '';
    const value = parse(found);
    if (value === undefined)
      problems.push(
        found === '' ? `${variable} is not set` : `${variable} is "${found}", but must be ${accepts}`,
      );
    return [name, value];
  });
  if (problems.length > 0)
    throw new InvalidSettings(`The environment of the function is not valid: ${problems.join('; ')}`);
  return Object.fromEntries(values) as SettingValues<Described>;
}

/** The environment variables that make {@link readSettings} return these values. */
export function writeSettings<Described extends Settings>(
  settings: Described,
  values: SettingValues<Described>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, { variable }]) => [variable, String(values[name])]),
  );
}

/** Encryption with keys that S3 manages, as S3 calls it. */
export const S3_MANAGED = 'AES256';

/** The ACL that gives an object in a bucket of another account to that account, as S3 calls it. */
export const OWNER_ACL = 'bucket-owner-full-control';

/** What the objects of a bucket get; empty if its account owns them anyway. */
export type BucketAcl = '' | typeof OWNER_ACL;

/** The settings of the report bucket, for every function that uses it. */
export const bucketSettings = {
  reportBucket: text('REPORT_BUCKET'),
  /** Account that owns the bucket. */
  bucketOwner: text('BUCKET_OWNER'),
  /** Comes before every key: empty, or ends with a slash. */
  bucketPrefix: anyText('BUCKET_PREFIX'),
  /** What encrypts objects: {@link S3_MANAGED}, the ARN of a KMS key, or empty for the default encryption of the bucket. */
  bucketEncryption: anyText('BUCKET_ENCRYPTION'),
  /** Canned ACL of objects; empty if they need none. */
  bucketAcl: oneOf('BUCKET_ACL', ['', OWNER_ACL]),
};

/** The settings of the functions that assume the report role. */
export const reportRoleSettings = {
  partition: text('PARTITION'),
  /** Region whose STS is called: one that every account has enabled, unlike perhaps that of the function. */
  stsRegion: text('STS_REGION'),
  reportRoleName: text('REPORT_ROLE_NAME'),
};
