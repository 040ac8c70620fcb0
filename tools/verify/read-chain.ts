import { numberOfManifest, prefixes } from '../../handlers/shared/bucket-layout';
import { sha256Of } from '../../handlers/shared/hash';
import type { BrokenEntry, Chain, ChainEntry } from './chain-entry';
import type { EvidenceStore } from './evidence-store';
import { type Finding, finding, reasonOf } from './findings';
import { type Header, parseHeader } from './parse-manifest';
import { signedFileOf } from './signatures';

/** A chain, with what lies beside its manifests. */
export interface StoredChain extends Chain {
  /** Keys of signatures, by the key of their file. */
  readonly signatures: ReadonlyMap<string, readonly string[]>;
  /** What is neither a manifest nor the signature of one. */
  readonly findings: readonly Finding[];
  /** Objects that a manifest names, about, by its number. */
  readonly objects: ReadonlyMap<number, number>;
}

type HeaderEntry = Omit<ChainEntry, 'header'> & { readonly header: Header };

/** Reads the manifests of an environment, one after the other: those of a large organization have some 25 MB each. */
export async function readChain(
  store: EvidenceStore,
  environment: string,
  onManifest: (done: number, total: number) => void,
): Promise<StoredChain> {
  const manifests = new Map<string, number>();
  const others: string[] = [];
  for await (const key of store.keys(prefixes.manifests(environment))) {
    const number = numberOfManifest(key);
    if (number === undefined) others.push(key);
    else manifests.set(key, number);
  }
  const present = new Set(manifests.values());
  const entries: ChainEntry[] = [];
  const broken: BrokenEntry[] = [];
  const objects = new Map<number, number>();
  for (const [key, number] of [...manifests].sort(([, one], [, other]) => one - other)) {
    const read = await readHeader(store, key, number);
    if ('finding' in read) broken.push(read);
    else {
      const { totals, serviceCredentials, files, ...header } = read.header;
      // Runs whose manifest exists say the same in their own.
      const recent = header.recent.filter((run) => !present.has(run.number));
      entries.push({ ...read, header: { ...header, recent } });
      objects.set(number, totals.collected + (serviceCredentials?.collected ?? 0) + files.length);
    }
    onManifest(entries.length + broken.length, manifests.size);
  }
  return { environment, entries, broken, objects, ...beside(others, manifests) };
}

async function readHeader(
  store: EvidenceStore,
  key: string,
  number: number,
): Promise<HeaderEntry | BrokenEntry> {
  let content: Uint8Array | undefined;
  try {
    content = await store.content(key);
  } catch (error) {
    return { key, number, sha256: null, finding: finding('unreadable', key, reasonOf(error)) };
  }
  if (!content)
    return { key, number, sha256: null, finding: finding('missing', key, 'removed during verification') };
  const sha256 = sha256Of(content);
  const parsed = parseHeader(content, key);
  return 'problem' in parsed
    ? { key, number, sha256, finding: parsed.problem }
    : { key, number, sha256, header: parsed.value };
}

function beside(others: readonly string[], manifests: ReadonlyMap<string, number>) {
  const signatures = new Map<string, string[]>();
  const findings: Finding[] = [];
  for (const key of others) {
    const file = signedFileOf(key);
    if (file !== undefined && manifests.has(file))
      signatures.set(file, [...(signatures.get(file) ?? []), key]);
    else if (file !== undefined && numberOfManifest(file) !== undefined)
      findings.push(finding('missing', file, `its signature ${key} exists`));
    else findings.push(finding('additional', key, 'neither a manifest nor the signature of one'));
  }
  return { signatures, findings };
}
