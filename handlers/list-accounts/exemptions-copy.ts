import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import type { ExemptionsFileReference } from '../shared/events';
import { sha256Of } from '../shared/hash';
import { InvalidSettings } from '../shared/settings';
import { InvalidInput } from '../shared/validation';
import { EXEMPTIONS_FILE } from './settings';

/**
 * Copies the exemptions file to a run, once. The run, its repetitions and its redrive then need nothing of the deployment,
 * which may have another file by then, and the file is evidence as the ledger is.
 * @param read - reads the file that was deployed; undefined if there is none
 * @throws {@link InvalidSettings} if it is not the one that the settings name; {@link InvalidInput} if the run has another one
 */
export async function copyExemptions(
  bucket: ReportBucket,
  run: string,
  { sha256 }: ExemptionsFileReference,
  read: () => Uint8Array | undefined,
): Promise<void> {
  const content = read();
  const found = content && sha256Of(content);
  if (!content || found !== sha256)
    throw new InvalidSettings(
      `The exemptions file of the function has the SHA-256 ${found ?? '(there is none)'}, and its settings name ${sha256}. ` +
        'If a deployment has just changed it, start a new execution; otherwise deploy again',
    );
  const key = keys.exemptions(run);
  if (await bucket.create(key, content, { ContentType: 'application/json' })) return;
  const stored = await bucket.get(key);
  if (!stored || sha256Of(stored) !== sha256)
    throw new InvalidInput(
      `${bucket.url(key)} is not the exemptions file of the settings; somebody else wrote it`,
    );
}

/** The exemptions file beside the code of the function; undefined if there is none. */
export function deployedExemptions({ LAMBDA_TASK_ROOT = '' } = process.env): Uint8Array | undefined {
  const path = join(LAMBDA_TASK_ROOT, EXEMPTIONS_FILE);
  return existsSync(path) ? readFileSync(path) : undefined;
}
