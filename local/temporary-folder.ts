import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Those that are there: one listener for all, since Node.js warns of more than ten. */
const folders = new Set<TemporaryFolder>();

function removeAll(): void {
  for (const folder of folders) folder.remove();
}

/** A folder that only this process uses. It is removed when the process exits, if not before. */
export class TemporaryFolder {
  readonly path: string;

  constructor(purpose: string) {
    this.path = mkdtempSync(join(tmpdir(), `iam-credential-reports-${purpose}-`));
    if (folders.size === 0) process.once('exit', removeAll);
    folders.add(this);
  }

  remove(): void {
    folders.delete(this);
    if (folders.size === 0) process.off('exit', removeAll);
    rmSync(this.path, { recursive: true, force: true });
  }
}
