import type { Manifest } from '../../handlers/core/manifest';
import { keys, prefixes, runOf } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { ChainEntry } from './chain-entry';
import { type DayContents, collectedBy, readDayContents, viewSignatures } from './day-contents';
import { type Finding, type Verdict, finding, verdictOf } from './findings';
import { otherObject, prefixesOfDate, runOfObject } from './other-objects';
import { Claims, claimsWithoutManifest, lostManifests, runsOfUnreadable } from './other-runs';
import { parseManifest } from './parse-manifest';
import type { EvidenceReader } from './reader';
import { collectedIn } from './report-status';
import { verifyDayCopies } from './verify-day-copies';
import { verifyRun } from './verify-run';

/** A run of the day that has a manifest. */
export interface RunOfDay {
  readonly entry: ChainEntry;
  /** Keys of the signatures of its manifest. */
  readonly signatures: readonly string[];
  readonly isExpired: boolean;
  /** Runs of environments that are not verified name objects of the day too. */
  readonly isSelected: boolean;
}

export interface DayProps {
  readonly date: string;
  readonly runs: readonly RunOfDay[];
  /** Runs that later manifests name and whose manifest is gone: their number. */
  readonly lostRuns: ReadonlyMap<string, number>;
  /** Keys of manifests that exist and could not be read. */
  readonly unreadableManifests: ReadonlySet<string>;
  readonly onObject: () => void;
}

export interface DayReport {
  readonly date: string;
  readonly verdict: Verdict;
  /** Executions that have a manifest. */
  readonly runs: readonly string[];
  /** Reports and files that are as their manifest says. */
  readonly verified: { readonly reports: number; readonly files: number };
  readonly findings: readonly Finding[];
}

/** Verifies the runs of a date. Keeps the manifest of one run in memory, and what several runs say of a report. */
export async function verifyDay(reader: EvidenceReader, props: DayProps): Promise<DayReport> {
  const { date, runs, lostRuns } = props;
  const contents = await readDayContents(reader, date);
  const finished = new Set(runs.map(({ entry: { header } }) => runOf(header.date, header.execution)));
  const others = [...contents.outcomes.keys(), ...contents.files.keys()].filter((run) => !finished.has(run));
  const unfinished = new Set(others);
  const unread = await runsOfUnreadable(reader, contents, [...unfinished], props.unreadableManifests);
  const withoutManifest = others.filter((run) => !unread.has(run));
  const day = new Day(reader, contents, { runs, isWhole: unread.size === 0, onObject: props.onObject });
  for (const [run, manifest] of unread)
    day.findings.push(
      finding('unreadable', `${prefixes.runs}${run}/`, `its manifest ${manifest} could not be read`),
    );
  day.findings.push(...lostManifests(contents, withoutManifest, lostRuns));
  const reportsWithoutManifest = await claimsWithoutManifest(
    reader,
    contents,
    [...unfinished],
    day.claims,
    unread,
  );
  if (runs.length > 1) for (const run of runs) await day.addClaims(run);
  for (const run of runs) await day.addGivenUp(run);
  for (const run of runs) await day.verify(run);
  reader.forget();
  const { named, folders, findings, verified } = day;
  for (const prefix of prefixesOfDate(date)) {
    for await (const key of reader.store.keys(prefix)) {
      if (unread.has(runOfObject(key) ?? reportsWithoutManifest.get(key) ?? '')) continue;
      const other = otherObject(key, { named, folders, unfinished, reportsWithoutManifest });
      if (other) findings.push(other);
    }
  }
  // Objects are read in any order.
  findings.sort((one, other) => (one.key < other.key ? -1 : 1));
  const executions = runs.filter(({ isSelected }) => isSelected).map(({ entry }) => entry.header.execution);
  return { date, verdict: verdictOf(findings, executions.length > 0), runs: executions, verified, findings };
}

class Day {
  readonly claims = new Claims();
  readonly findings: Finding[] = [];
  readonly verified = { reports: 0, files: 0 };
  /** Keys that manifests and views name, and the folders of files that they name. */
  readonly named = new Set<string>();
  readonly folders = new Set<string>();
  /** The run that the page and the tables of the day are copied from. */
  private readonly newest: RunOfDay | undefined;

  constructor(
    private readonly reader: EvidenceReader,
    private readonly contents: DayContents,
    private readonly props: Pick<DayProps, 'runs' | 'onObject'> & {
      /** Whether the manifest of every run was read: if not, the newest run is not known. */
      readonly isWhole: boolean;
    },
  ) {
    this.newest = [...props.runs]
      .sort((one, other) => Date.parse(one.entry.header.startedAt) - Date.parse(other.entry.header.startedAt))
      .at(-1);
  }

  /** Adds the reports that a run stored. */
  async addClaims(run: RunOfDay): Promise<void> {
    const read = await this.manifestOf(run);
    if ('problem' in read) return;
    for (const { key, sha256, collectedAt } of collectedIn(read.manifest))
      this.claims.add(key, { by: nameOf(run), manifest: 'read', sha256, collectedAt });
  }

  /** Adds what batches stored that the run has given up: its manifest does not name their outcomes. */
  async addGivenUp(run: RunOfDay): Promise<void> {
    const { date, execution } = run.entry.header;
    const name = runOf(date, execution);
    if (!this.contents.outcomes.has(name)) return;
    const read = await this.manifestOf(run);
    if ('problem' in read) return;
    const named = new Set(read.manifest.files.map(({ key }) => key));
    for (const { key, sha256, collectedAt } of await collectedBy(this.reader, this.contents, name, named))
      this.claims.add(key, { by: `a batch that ${name} gave up`, manifest: 'none', sha256, collectedAt });
  }

  async verify(run: RunOfDay): Promise<void> {
    const { entry, isExpired, isSelected } = run;
    const read = await this.manifestOf(run);
    if ('problem' in read) return void this.findings.push(read.problem);
    const { manifest, content } = read;
    const signatures = viewSignatures(this.contents, runOf(manifest.date, manifest.execution));
    this.name(manifest, signatures);
    const result = await verifyRun(this.reader, {
      ...{ manifest, manifestSha256: entry.sha256, isExpired, isSelected },
      viewSignatures: signatures,
      onObject: this.props.onObject,
      claimsOf: (key) => this.claims.of(key),
    });
    if (result.view) this.named.add(result.view.page.key);
    if (!isSelected) return;
    this.findings.push(...incomplete(entry.key, manifest));
    const unsigned = await this.reader.signatureFinding(entry.key, content, run.signatures);
    if (unsigned) this.findings.push(unsigned);
    if (run === this.newest && this.props.isWhole)
      await verifyDayCopies(this.reader, manifest, isExpired, result);
    this.findings.push(...result.findings);
    this.verified.reports += result.reports;
    this.verified.files += result.files;
  }

  private name(manifest: Manifest, signatures: readonly string[]): void {
    const { date, execution, files } = manifest;
    for (const { key } of [...collectedIn(manifest), ...files]) this.named.add(key);
    for (const key of [keys.view(runOf(date, execution)), ...signatures]) this.named.add(key);
    for (const { key } of files) this.folders.add(key.slice(0, key.lastIndexOf('/') + 1));
  }

  /** The whole manifest, or what is wrong with it. */
  private async manifestOf({
    entry: { key, sha256 },
  }: RunOfDay): Promise<{ manifest: Manifest; content: Uint8Array } | { problem: Finding }> {
    const read = await this.reader.content(key);
    if ('unreadable' in read) return { problem: read.unreadable };
    const { found: content } = read;
    if (!content || sha256Of(content) !== sha256)
      return { problem: finding('altered', key, 'it changed during verification') };
    const parsed = parseManifest(content, key);
    return 'problem' in parsed ? parsed : { manifest: parsed.value, content };
  }
}

/** What is as recorded need not be complete. */
function incomplete(key: string, { totals: { failed, expected } }: Manifest): Finding[] {
  if (expected > 0 && failed === 0) return [];
  const why = expected === 0 ? 'no account was expected' : `${failed} of ${expected} accounts failed`;
  return [finding('note', key, `the run is not complete: ${why}`)];
}

const nameOf = ({ entry: { number } }: RunOfDay) => `manifest ${number}`;
