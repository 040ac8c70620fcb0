/**
 * The layout of the report bucket, in one place: the keys of its objects, the prefixes that are listed, and the
 * patterns of both that policies, lifecycle rules and queries need. Nothing else writes a key or a pattern.
 *
 * The first folder of a key says which function writes it, so that no execution name can make the key of one function
 * match the permissions of another. The environment's prefix, if it has one, comes before all of them: see
 * `aws/report-bucket.ts`.
 */

/**
 * The tables of a run. A day has copies of those of its newest run. Only runs that list service-specific credentials have
 * their table.
 */
export const dayTables = [
  'credentials.csv',
  'findings.csv',
  'changes.csv',
  'controls.csv',
  'service_credentials.csv',
] as const;

/** The files of a day that people read. */
export type DayFile = 'index.html' | TableFile;

export type TableFile = (typeof dayTables)[number];

/** The files that a run is summarized in. */
export type RunFile = DayFile | 'snapshot.jsonl' | 'history.jsonl' | 'outputs.json' | 'SHA256SUMS';

/** Stands for any part of a key in a pattern. */
const ANY = '*';

/** Least digits of the number of a manifest, so that keys sort in the order of their numbers. */
const MANIFEST_DIGITS = 8;
/** The last number that a manifest can have: greater ones are not exact. */
export const LAST_MANIFEST = 999_999_999_999_999;

const padded = (number: number, digits = 5) => String(number).padStart(digits, '0');

/** Prefixes under which objects are listed, expire, or are found by queries. */
export const prefixes = {
  /** Reports, before the date; the only keys that do not start with a word. */
  reports: (date: string) => `${date}/credentialReport_`,
  allServiceCredentials: 'service-credentials/',
  /** Not in the folder of the reports, all of which Athena reads as one table. */
  serviceCredentials: (date: string) => `service-credentials/${date}/`,
  ledgers: 'ledgers/',
  allDirectories: 'directory/',
  allOutcomes: 'outcomes/',
  outcomes: (run: string) => `outcomes/${run}/`,
  outcomesOfDate: (date: string) => `outcomes/${date}/`,
  allReviews: 'reviews/',
  reviews: (run: string) => `reviews/${run}/`,
  runs: 'runs/',
  filesOfRun: (run: string) => `runs/${run}/`,
  allManifests: 'manifests/',
  manifests: (environment: string) => `manifests/${environment}/`,
  signingKeys: 'signing-keys/',
  /** For other systems, made from the files of runs. */
  allExports: 'exports/',
  allDays: 'organization/',
  day: (date: string) => `organization/${date}/`,
  allTables: 'tables/',
  table: (table: string) => `tables/${table}/`,
};

/** Keys of objects. A `run` is what {@link runOf} returns. */
export const keys = {
  /** The same key as in the public AWS sample, so that its users can switch. */
  report: (date: string, account: string) => `${prefixes.reports(date)}${account}.csv`,
  serviceCredentials: (date: string, account: string) =>
    `${prefixes.serviceCredentials(date)}${account}.json`,
  ledger: (run: string) => `${prefixes.ledgers}${run}/ledger.json`,
  /** The exemptions of a run that do not fit into its ledger. */
  exemptions: (run: string) => `${prefixes.ledgers}${run}/exemptions.json`,
  /** What an environment keeps from run to run about its organization: tags of accounts, names of units. */
  directory: (environment: string) => `${prefixes.allDirectories}${environment}.json`,
  /** Owners by account or organizational unit. Somebody else writes it; the functions only read it. */
  ownersFile: 'owners.json',
  batch: (run: string, batch: number) => `${prefixes.ledgers}${run}/batches/${padded(batch)}.json`,
  outcomes: (run: string, batch: number) => `${prefixes.outcomes(run)}${padded(batch)}.json`,
  /** Reviews of reports, one file per poll. In a folder of their own, because they expire much earlier. */
  reviews: (run: string, batch: number, waited: number) =>
    `${prefixes.reviews(run)}${padded(batch)}-${padded(waited)}.jsonl`,
  /** A file of a summary. `made` identifies what the summary was made from, so another summary has other keys. */
  runFile: (run: string, made: string, file: RunFile) => `${prefixes.runs}${run}/${made}/${file}`,
  /** Exists once a run is finished: names its manifest and its page. */
  view: (run: string) => `${prefixes.runs}${run}/view.json`,
  /** Manifests of an environment are numbered in the order in which runs finish. */
  manifest: (environment: string, number: number) =>
    `${prefixes.manifests(environment)}${padded(number, MANIFEST_DIGITS)}.json`,
  /** The signature over the hash of a file, in DER, beside that file. */
  signature: (key: string, signingKey: string) => `${key.replace(/\.json$/, '')}.${signingKey}.sig`,
  publicKey: (signingKey: string) => `${prefixes.signingKeys}${signingKey}.pem`,
  /** The findings of a run in the format of OCSF. */
  ocsf: (run: string) => `${prefixes.allExports}${run}/findings.ocsf.jsonl`,
  day: (date: string, file: DayFile) => `${prefixes.day(date)}${file}`,
  /** Tells Athena which object holds the rows of a table for one day. */
  partition: (table: string, date: string) => `${prefixes.table(table)}${date}/symlink.txt`,
};

/** Names a run in keys and events. */
export const runOf = (date: string, execution: string) => `${date}/${execution}`;

/** Matches what {@link runOf} returns. `.` and `..` are not names of a folder; a name has at most 80 characters. */
export const RUN = /^\d{4}-\d{2}-\d{2}\/(?!\.{1,2}$)[^/]{1,80}$/u;

/** Date and execution of a run. */
export function partsOfRun(run: string): { date: string; execution: string } {
  const [date = '', execution = ''] = run.split('/');
  return { date, execution };
}

/** The account that a report belongs to; nothing if the key is not that of a report. */
export const accountOfReport = (key: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}\/credentialReport_(\d{12})\.csv$/.exec(key)?.[1];

/** The account whose service-specific credentials an object has; nothing if the key is not one of these. */
export const accountOfList = (key: string): string | undefined =>
  /^service-credentials\/\d{4}-\d{2}-\d{2}\/(\d{12})\.json$/.exec(key)?.[1];

/** The batch whose accounts a file has reviews of. */
export const batchOfReviews = (key: string) => Number(/(\d+)-\d+\.jsonl$/.exec(key)?.[1]);

/** The number of a manifest; nothing if the key is not that of a manifest. */
export const numberOfManifest = (key: string): number | undefined => {
  const digits = /\/(\d{8}|[1-9]\d{8,14})\.json$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** The run that outcomes belong to; nothing if the key is not that of outcomes. */
export const runOfOutcomes = (key: string): string | undefined =>
  /^outcomes\/(\d{4}-\d{2}-\d{2}\/[^/]+)\/\d+\.json$/.exec(key)?.[1];

/** In IAM policies `?` matches one character, and `*` any number of characters, slashes included. */
const ANY_DATE = '????-??-??';
const ANY_ACCOUNT = '????????????';

/** Patterns that match every key of a kind, for the resources of IAM policies. */
export const keyPatterns = {
  report: keys.report(ANY_DATE, ANY_ACCOUNT),
  serviceCredentials: keys.serviceCredentials(ANY_DATE, ANY_ACCOUNT),
  ledgers: `${prefixes.ledgers}${ANY}`,
  ledger: `${prefixes.ledgers}${ANY_DATE}/${ANY}/ledger.json`,
  batches: `${prefixes.ledgers}${ANY_DATE}/${ANY}/batches/${ANY}`,
  outcomes: `${prefixes.allOutcomes}${ANY}`,
  reviews: `${prefixes.allReviews}${ANY}`,
  runs: `${prefixes.runs}${ANY}`,
  /** What marks a run as finished. */
  view: `${prefixes.runs}${ANY_DATE}/${ANY}/view.json`,
  manifests: (environment: string) => `${prefixes.manifests(environment)}${ANY}`,
  signingKeys: `${prefixes.signingKeys}${ANY}`,
  exports: `${prefixes.allExports}${ANY}`,
  changesOfRuns: `${prefixes.runs}${ANY_DATE}/${ANY}/changes.csv`,
  findingsOfRuns: `${prefixes.runs}${ANY_DATE}/${ANY}/findings.csv`,
  days: `${prefixes.allDays}${ANY}`,
  tables: `${prefixes.allTables}${ANY}`,
};

/** Patterns that match every prefix of a kind, for the condition `s3:prefix` of IAM policies. */
export const prefixPatterns = {
  reports: prefixes.reports(ANY_DATE),
  serviceCredentials: prefixes.serviceCredentials(ANY_DATE),
  ledgers: `${prefixes.ledgers}${ANY}`,
  outcomes: `${prefixes.allOutcomes}${ANY}`,
  reviews: `${prefixes.allReviews}${ANY}`,
  runs: `${prefixes.runs}${ANY}`,
  manifests: (environment: string) => `${prefixes.manifests(environment)}${ANY}`,
};
