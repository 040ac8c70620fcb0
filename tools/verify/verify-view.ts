import type { Manifest } from '../../handlers/core/manifest';
import { keys, runOf } from '../../handlers/shared/bucket-layout';
import { type Finding, finding } from './findings';
import type { EvidenceReader } from './reader';
import { type View, parseView } from './view';

export interface ViewProps {
  readonly manifest: Pick<Manifest, 'environment' | 'number' | 'date' | 'execution'>;
  readonly manifestSha256: string;
  readonly isExpired: boolean;
  readonly viewSignatures: readonly string[];
}

export interface VerifiedView {
  readonly view?: View;
  readonly findings: readonly Finding[];
}

/** Verifies what marks a run as finished: its signature, and that it names the manifest. */
export async function verifyView(reader: EvidenceReader, props: ViewProps): Promise<VerifiedView> {
  const { manifest, manifestSha256, isExpired, viewSignatures } = props;
  const key = keys.view(runOf(manifest.date, manifest.execution));
  const read = await reader.content(key);
  if ('unreadable' in read) return { findings: [read.unreadable] };
  if (!read.found) {
    const gone = isExpired
      ? finding('expired', key, 'older than the retention period')
      : finding('missing', key, 'it does not exist, so nothing proves the page');
    return { findings: [gone] };
  }
  const view = parseView(read.found);
  if (!view) return { findings: [finding('altered', key, 'it is not a view of version 1')] };
  const signature = await reader.signatureFinding(key, read.found, viewSignatures);
  const manifestKey = keys.manifest(manifest.environment, manifest.number);
  const names = view.manifest.key === manifestKey && view.manifest.sha256 === manifestSha256;
  const mismatch = finding(
    'altered',
    manifestKey,
    `its SHA-256 is ${manifestSha256}, but ${key} names ${view.manifest.key} with ${view.manifest.sha256}`,
  );
  return { view, findings: [...(signature ? [signature] : []), ...(names ? [] : [mismatch])] };
}
