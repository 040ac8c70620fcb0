import { Exemptions } from '../core/exemptions';
import type { FileOfRun } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, runOf } from '../shared/bucket-layout';
import { sha256Of, textOf } from '../shared/hash';
import { ExemptionsFile, type Ledger } from '../shared/run-files';
import { InvalidInput, validated } from '../shared/validation';

export interface ExemptionsOfRun {
  exemptions: Exemptions;
  /** The file that was read, if there is one. */
  files: FileOfRun[];
}

/**
 * The exemptions of a run: those of its settings, and those of the file that they name by its hash.
 * @throws {@link InvalidInput} if the file is another one
 */
export async function readExemptions(
  bucket: ReportBucket,
  { date, execution, settings }: Ledger,
): Promise<ExemptionsOfRun> {
  const { exemptions, exemptionsFile } = settings.checks;
  if (!exemptionsFile) return { exemptions: new Exemptions(exemptions, date), files: [] };
  const key = keys.exemptions(runOf(date, execution));
  const content = (await bucket.get(key)) ?? new Uint8Array();
  const sha256 = sha256Of(content);
  if (sha256 !== exemptionsFile.sha256)
    throw new InvalidInput(
      `${bucket.url(key)} has the SHA-256 ${sha256}, and the ledger of the run names ${exemptionsFile.sha256}: ` +
        'somebody changed or removed the exemptions of the run',
    );
  const text = textOf(content).replace(/^\uFEFF/, '');
  const inFile = validated(ExemptionsFile, JSON.parse(text), bucket.url(key));
  return {
    exemptions: new Exemptions(exemptions, date, inFile.exemptions),
    files: [{ key, bytes: content.length, sha256 }],
  };
}
