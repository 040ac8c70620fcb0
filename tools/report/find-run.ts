/**
 * Finds the newest run of a day along the chain of manifests, from its newest one back. A manifest names the runs before it
 * with their hashes, some 40 of them, so that a few manifests are read and not all: those of a large organization have some
 * 25 MB each.
 */
import type { RecentRun } from '../../handlers/core/manifest';
import { keys, numberOfManifest, prefixes } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import { byStart } from '../../handlers/summarize-run/history/manifest-chain';
import { placeFindings } from '../verify/chain';
import type { EvidenceStore } from '../verify/evidence-store';
import { type Finding, finding } from '../verify/findings';
import { type Header, parseHeader } from '../verify/parse-manifest';
import { DAY } from '../verify/retention';
import { signedFileOf } from '../verify/signatures';
import { NotAsRecorded } from './not-as-recorded';

/** A manifest that was read. */
export interface RunManifest {
  readonly key: string;
  readonly number: number;
  readonly sha256: string;
  readonly content: Uint8Array;
  readonly header: Header;
  /** How its hash differs from what a later manifest names; empty if it does not, or if there is no later one. */
  readonly findings: readonly Finding[];
}

export interface FoundRun {
  readonly manifest: RunManifest;
  /** The newest manifest of the chain, which may be that of the run. */
  readonly newest: RunManifest;
  /** Keys of the signatures of its manifest. */
  readonly signatures: readonly string[];
  /** Number of the first manifest that is signed; nothing if none is. */
  readonly firstSigned: number | undefined;
}

/** There is no finished run to show. */
export class NoRun extends Error {}

/**
 * @param date - the day, YYYY-MM-DD. @default - the newest one that has a finished run
 * @throws {@link NoRun}, or {@link NotAsRecorded} for a manifest that cannot be used
 */
export async function findRun(store: EvidenceStore, environment: string, date?: string): Promise<FoundRun> {
  const { last, signed } = await listManifests(store, environment);
  const newest = await readManifest(store, environment, last);
  const runs = new RunsByNumber(newest);
  const day = date ?? runs.days.at(-1) ?? '';
  while (runs.of(day).length === 0) {
    const oldest = runs.beyond(day);
    if (!oldest) throw new NoRun(nothingOn(day, environment, runs.days));
    runs.add(await readManifest(store, environment, oldest.number, oldest.sha256));
  }
  // Of days that are further back, a manifest names the last run only; that one names the others.
  const lastOfDay = runs.of(day).reduce((one, other) => (one.number > other.number ? one : other));
  const read = await runs.manifestOf(lastOfDay, store, environment);
  // Otherwise it is refused, with everything else that is wrong with the run.
  if (read.findings.length === 0) runs.add(read);
  const [chosen = lastOfDay] = byStart(runs.of(day));
  const manifest = chosen.number === read.number ? read : await runs.manifestOf(chosen, store, environment);
  return {
    ...{ manifest, newest },
    signatures: signed.get(manifest.key) ?? [],
    firstSigned: [...signed.keys()].map((key) => numberOfManifest(key) ?? Infinity).sort(ascending)[0],
  };
}

const ascending = (one: number, other: number) => one - other;

/** The number of the newest manifest, and the keys of signatures by the key of their manifest. */
async function listManifests(store: EvidenceStore, environment: string) {
  const signed = new Map<string, string[]>();
  let last = 0;
  for await (const key of store.keys(prefixes.manifests(environment))) {
    last = Math.max(last, numberOfManifest(key) ?? 0);
    const file = signedFileOf(key);
    if (file !== undefined) signed.set(file, [...(signed.get(file) ?? []), key]);
  }
  if (last > 0) return { last, signed };
  const others = await store.folders(prefixes.allManifests);
  throw new NoRun(
    others.length > 0
      ? `${store.name} has no finished run of the environment ${environment}, but of ${others.join(', ')}`
      : `${store.name} has no finished run; npm run doctor -- ${environment} says whether it is deployed and runs`,
  );
}

/** @param expected - its hash, as a later manifest names it */
async function readManifest(
  store: EvidenceStore,
  environment: string,
  number: number,
  expected?: string,
): Promise<RunManifest> {
  const key = keys.manifest(environment, number);
  const content = await store.content(key);
  if (!content) throw new NotAsRecorded([finding('missing', key, 'it does not exist')]);
  const sha256 = sha256Of(content);
  const mismatch =
    expected === undefined || expected === sha256
      ? []
      : [finding('altered', key, `its SHA-256 is ${sha256}, but a later manifest names ${expected}`)];
  const parsed = parseHeader(content, key);
  if ('problem' in parsed) throw new NotAsRecorded([...mismatch, parsed.problem]);
  const header = parsed.value;
  const misplaced = placeFindings({ key, number, header }, environment);
  return { key, number, sha256, content, header, findings: [...mismatch, ...misplaced] };
}

/** Runs that manifests name. */
class RunsByNumber {
  private readonly runs = new Map<number, RecentRun>();
  /** Numbers of the manifests that were read. */
  private readonly read = new Set<number>();

  constructor(private readonly newest: RunManifest) {
    this.add(newest);
  }

  /** Adds the run of a manifest and those that it names. What was named before is nearer to the newest one, and stays. */
  add({ number, sha256, header, findings }: RunManifest): void {
    if (findings.length > 0) throw new NotAsRecorded(findings);
    this.read.add(number);
    const { date, execution, startedAt, recent } = header;
    for (const run of [{ number, sha256, date, execution, startedAt }, ...recent])
      if (!this.runs.has(run.number)) this.runs.set(run.number, run);
  }

  of(day: string): RecentRun[] {
    return [...this.runs.values()].filter(({ date }) => date === day);
  }

  /** The days of the runs, sorted. */
  get days(): string[] {
    return [...new Set(Array.from(this.runs.values(), ({ date }) => date))].sort();
  }

  /** The oldest run that is known, unless no run before it can be of the day. Runs may end in another order than they start. */
  beyond(day: string): RecentRun | undefined {
    const oldest = this.runs.get(Math.min(...this.runs.keys()));
    if (!oldest || this.read.has(oldest.number)) return undefined;
    return Date.parse(oldest.date) < Date.parse(day) - DAY ? undefined : oldest;
  }

  manifestOf({ number, sha256 }: RecentRun, store: EvidenceStore, environment: string): Promise<RunManifest> {
    return number === this.newest.number
      ? Promise.resolve(this.newest)
      : readManifest(store, environment, number, sha256);
  }
}

function nothingOn(day: string, environment: string, days: readonly string[]): string {
  const before = days.filter((one) => one < day).at(-1);
  const after = days.find((one) => one > day);
  const nearest = [before, after].filter((one) => one !== undefined);
  const are = nearest.length === 1 ? 'day that has one is' : 'days that have one are';
  const newest = after === undefined || after === days.at(-1) ? '' : `, the newest is ${days.at(-1)}`;
  return `${environment} has no finished run of ${day}; the nearest ${are} ${nearest.join(' and ')}${newest}`;
}
