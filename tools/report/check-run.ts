/** Checks what vouches for the files of a run: its manifest, its view, and their signatures. */
import { dayTables, keys, prefixes, runOf, type DayFile } from '../../handlers/shared/bucket-layout';
import type { EvidenceStore } from '../verify/evidence-store';
import { type Finding, finding } from '../verify/findings';
import type { Header } from '../verify/parse-manifest';
import { EvidenceReader, storedKeys } from '../verify/reader';
import { isExpired } from '../verify/retention';
import { verifyView } from '../verify/verify-view';
import type { View } from '../verify/view';
import type { FoundRun } from './find-run';
import { NotAsRecorded } from './not-as-recorded';

/** A file that people read, as the run recorded it. */
export interface RecordedFile {
  readonly name: DayFile;
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface CheckedRun {
  readonly files: readonly RecordedFile[];
  /** Whether manifest and view are signed. */
  readonly isSigned: boolean;
  readonly isExpired: boolean;
}

/**
 * @param signs - whether the environment signs: then a run is refused that is not signed and follows a signed one
 * @throws {@link NotAsRecorded}
 */
export async function checkRun(
  store: EvidenceStore,
  { manifest, newest, signatures, firstSigned = Infinity }: FoundRun,
  signs: boolean,
  now: Date,
): Promise<CheckedRun> {
  const { key, number, sha256, content, header } = manifest;
  const reader = new EvidenceReader(store, { stored: await storedKeys(store) });
  const expired = isExpired(header.startedAt, [manifest, newest], number, now);
  const viewSignatures = await signaturesOfView(store, header);
  const { view, findings } = await verifyView(reader, {
    ...{ manifest: header, manifestSha256: sha256, isExpired: expired, viewSignatures },
  });
  const ofManifest = await reader.signatureFinding(key, content, signatures);
  const found = [...manifest.findings, ...(ofManifest ? [ofManifest] : []), ...findings];
  const mustBeSigned = signs && number >= firstSigned;
  const problems = found.filter(({ status }) => status !== 'unsigned' || mustBeSigned);
  if (!view || problems.length > 0) throw new NotAsRecorded(problems);
  const isSigned = signatures.length > 0 && viewSignatures.length > 0;
  return { files: filesOf(header, key, view), isSigned, isExpired: expired };
}

async function signaturesOfView(
  store: EvidenceStore,
  { date, execution }: Pick<Header, 'date' | 'execution'>,
): Promise<string[]> {
  const found: string[] = [];
  for await (const key of store.keys(`${prefixes.filesOfRun(runOf(date, execution))}view.`))
    if (key.endsWith('.sig')) found.push(key);
  return found;
}

/**
 * The tables as the run wrote them, which no later run replaces. The page is that of the day, not that of the run: its link to
 * the manifest leads two folders up, and not four.
 */
function filesOf(header: Header, manifestKey: string, { dayPage }: View): RecordedFile[] {
  const { date, execution, files, serviceCredentials } = header;
  const folder = prefixes.filesOfRun(runOf(date, execution));
  const missing: Finding[] = [];
  const tables = dayTables
    .filter((name) => serviceCredentials !== null || name !== 'service_credentials.csv')
    .flatMap((name) => {
      const file = files.find(({ key }) => key.startsWith(folder) && key.endsWith(`/${name}`));
      if (!file) missing.push(finding('altered', manifestKey, `it does not name ${name}`));
      return file ? [{ ...file, name }] : [];
    });
  if (missing.length > 0) throw new NotAsRecorded(missing);
  return [{ ...dayPage, key: keys.day(date, 'index.html'), name: 'index.html' }, ...tables];
}
