import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this process uses. It is removed when the process exits, if not before. */
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
