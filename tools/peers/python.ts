import { spawnSync } from 'node:child_process';

const command = process.platform === 'win32' ? 'python' : 'python3';

/** Peers cannot be installed on this machine; the message says what to install. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';
}

/**
 * The command that starts Python.
 * @param minimum - oldest version that will do, such as `3.11`
 * @throws {@link PythonMissing}
 */
export function python(minimum: string): string {
  const script = 'import sys; print("%d.%d" % sys.version_info[:2])';
  // Without it, a test's own variables, which Jest keeps in a copy, would not reach the program.
  const { env } = process;
  const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8', env });
  const found = status === 0 ? stdout.trim() : undefined;
  if (found !== undefined && isAtLeast(found, minimum)) return command;
  const reason = found === undefined ? `${command} is not on the PATH` : `${command} is version ${found}`;
  throw new PythonMissing(
    `${reason}: install Python ${minimum} or newer (https://www.python.org/downloads/), with its venv module`,
  );
}

function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}
