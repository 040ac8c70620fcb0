import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of this process alone, removed when the process ends at the latest. */
export class TemporaryFolder {
  readonly path: string;
  private readonly removeAtExit = () => {
    rmSync(this.path, { recursive: true, force: true });
  };

  constructor(purpose: string) {
    this.path = mkdtempSync(join(tmpdir(), `iam-credential-reports-${purpose}-`));
    process.once('exit', this.removeAtExit);
  }

  remove(): void {
    process.off('exit', this.removeAtExit);
    this.removeAtExit();
  }
}
