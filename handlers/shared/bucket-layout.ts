/**
 * The layout of the report bucket, in one place: the keys of its objects, the prefixes that are listed, and the
 * patterns of both that policies, lifecycle rules and queries need. Nothing else writes a key or a pattern.
 */

/** The files of a day that people and queries read: those of the newest run of that day. */
export type OrganizationFile =
  'index.html' | 'credentials.csv' | 'findings.csv' | 'findings.jsonl' | 'changes.csv';

/** Stands for any part of a key in a pattern. */
const ANY = '*';
type Any = typeof ANY;

/** Five digits, so that keys sort in the order of their numbers. */
const padded = (number: number | Any) => (number === ANY ? ANY : String(number).padStart(5, '0'));

const REPORT_PACKS = 'report-packs/';
const RUNS = 'runs/';

/** Keys of objects. A `runPrefix` is what {@link runPrefixOf} returns. */
export const keys = {
  /** The same key as in the public AWS sample, so that its users can switch. */
  report: (date: string, account: string) => `${date}/credentialReport_${account}.csv`,
  ledger: (runPrefix: string) => `${runPrefix}/ledger.json`,
  batch: (runPrefix: string, batch: number | Any) => `${runPrefix}/batches/${padded(batch)}.json`,
  outcomes: (runPrefix: string, batch: number | Any) => `${runPrefix}/outcomes/${padded(batch)}.json`,
  /** Copies of small reports, one file per poll. Outside the folder of the run, because they expire much earlier. */
  reportPack: (runPrefix: string, batch: number | Any, waited: number | Any) =>
    `${prefixes.reportPacks(runPrefix)}${padded(batch)}-${padded(waited)}.json`,
  manifest: (runPrefix: string) => `${runPrefix}/manifest.json`,
  /** Users and findings of the run, for the next run to compare with. */
  snapshot: (runPrefix: string) => `${runPrefix}/snapshot.jsonl`,
  organization: (date: string, file: OrganizationFile | Any) => `${prefixes.organization(date)}${file}`,
  /** Tells Athena which object holds the rows of a table for one day. */
  partition: (table: string, date: string) => `${prefixes.table(table)}${date}/symlink.txt`,
};

/** Folder of the files of one run. */
export const runPrefixOf = (date: string, execution: string) => `${RUNS}${date}/${execution}`;

/** Matches what {@link runPrefixOf} returns. */
export const RUN_PREFIX = new RegExp(`^${RUNS}\\d{4}-\\d{2}-\\d{2}/[^/]+$`);

/** Prefixes under which objects are listed, expire, or are found by queries. */
export const prefixes = {
  reports: (date: string) => `${date}/credentialReport_`,
  runs: RUNS,
  runsOfDate: (date: string) => `${RUNS}${date}/`,
  outcomes: (runPrefix: string) => `${runPrefix}/outcomes/`,
  allReportPacks: REPORT_PACKS,
  reportPacks: (runPrefix: string) => `${REPORT_PACKS}${runPrefix.slice(RUNS.length)}/`,
  organization: (date: string) => `organization/${date}/`,
  table: (table: string) => `tables/${table}/`,
  athenaResults: 'athena-results/',
};

/** The account that a report belongs to; nothing if the key is not that of a report. */
export const accountOfReport = (key: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}\/credentialReport_(\d{12})\.csv$/.exec(key)?.[1];

/** The batch that a report pack belongs to. */
export const batchOfReportPack = (key: string) => Number(/(\d+)-\d+\.json$/.exec(key)?.[1]);

/** In IAM policies `?` matches one character, and `*` any number of characters, slashes included. */
const ANY_DATE = '????-??-??';
const ANY_ACCOUNT = '????????????';
const ANY_RUN = runPrefixOf(ANY_DATE, ANY);

/** Patterns that match every key of a kind, for the resources of IAM policies. */
export const keyPatterns = {
  report: keys.report(ANY_DATE, ANY_ACCOUNT),
  ledger: keys.ledger(ANY_RUN),
  batch: keys.batch(ANY_RUN, ANY),
  outcomes: keys.outcomes(ANY_RUN, ANY),
  reportPack: keys.reportPack(ANY_RUN, ANY, ANY),
  manifest: keys.manifest(ANY_RUN),
  snapshot: keys.snapshot(ANY_RUN),
  organization: keys.organization(ANY_DATE, ANY),
  partition: keys.partition(ANY, ANY_DATE),
};

/** Patterns that match every prefix of a kind, for the condition `s3:prefix` of IAM policies. */
export const prefixPatterns = {
  reports: prefixes.reports(ANY_DATE),
  runs: `${prefixes.runs}${ANY}`,
  reportPacks: `${prefixes.allReportPacks}${ANY}`,
};
