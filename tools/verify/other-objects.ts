/** Objects of a date that no manifest names. */
import { accountOfReport, accountOfList, prefixes, runOfOutcomes } from '../../handlers/shared/bucket-layout';
import { type Finding, finding } from './findings';

export interface NamedObjects {
  /** Keys that manifests and views of the date name. */
  readonly named: ReadonlySet<string>;
  /** Folders below `runs/` that they are in, with a slash at the end. */
  readonly folders: ReadonlySet<string>;
  /** Runs of the date that left files and have no manifest. */
  readonly unfinished: ReadonlySet<string>;
  /** The run without a manifest that stored a report or a list, by key. */
  readonly reportsWithoutManifest: ReadonlyMap<string, string>;
}

/** What an object of the date is that no manifest names; nothing if one names it. */
export function otherObject(key: string, known: NamedObjects): Finding | undefined {
  if (known.named.has(key)) return undefined;
  const run = runOfObject(key);
  if (run !== undefined) {
    if (known.unfinished.has(run)) return finding('unfinished', key, `${run} has no manifest`);
    if (isLeftOver(key, run, known.folders)) return finding('left-over', key, `of another try of ${run}`);
  }
  if (accountOfReport(key) !== undefined || accountOfList(key) !== undefined) {
    const by = known.reportsWithoutManifest.get(key);
    if (by !== undefined) return finding('unfinished', key, `stored by ${by}, which has no manifest`);
  }
  return finding('additional', key, 'no manifest names it');
}

/** The run that a file below `runs/` belongs to. */
export const runOfFile = (key: string): string | undefined =>
  /^runs\/(\d{4}-\d{2}-\d{2}\/[^/]+)\/./.exec(key)?.[1];

/** The run that wrote an object, if its key says so. */
export const runOfObject = (key: string): string | undefined => runOfOutcomes(key) ?? runOfFile(key);

/** Whether the key is in a folder of its run that has nothing that the manifest names. */
function isLeftOver(key: string, run: string, folders: ReadonlySet<string>): boolean {
  const ofRun = `${prefixes.runs}${run}/`;
  const made = /^[0-9a-f]{16}\//.exec(key.slice(ofRun.length))?.[0];
  return key.startsWith(ofRun) && made !== undefined && !folders.has(`${ofRun}${made}`);
}

/** Prefixes below which every object of a date is expected to be named. */
export const prefixesOfDate = (date: string) => [
  `${date}/`,
  prefixes.serviceCredentials(date),
  `${prefixes.runs}${date}/`,
  prefixes.outcomesOfDate(date),
];

/** Whether a folder is named after a date. */
export const isDate = (folder: string) => /^\d{4}-\d{2}-\d{2}$/.test(folder);
