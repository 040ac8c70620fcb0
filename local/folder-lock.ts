import { randomUUID } from 'node:crypto';
import { constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/**
 * Takes a folder for this process, with a file that names it, until the process exits at the latest.
 * @param user - what a process is that uses the folder, for the message
 * @returns what gives the folder back
 * @throws if another process has it
 */
export function lockFolder(lock: string, user = 'local run'): () => void {
  const holder = `${process.pid} ${hostname()} ${randomUUID()}`;
  take(lock, holder, user);
  const release = () => {
    process.off('exit', release);
    if (contentOf(lock) === holder) rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return release;
}

/** @throws if another local run has the folder, as far as one can tell without writing to it */
export function assertUnlocked(lock: string): void {
  const holder = contentOf(lock);
  if (holder !== undefined && !isGone(holder)) throw inUse(lock, holder);
}

function take(lock: string, holder: string, user: string): void {
  while (!isCreated(lock, holder)) {
    const found = contentOf(lock);
    if (found === undefined) continue;
    if (!isGone(found)) throw inUse(lock, found, user);
    // Of several runs that find the file of a killed one, only the one that renames it goes on.
    const aside = `${lock}.${randomUUID()}`;
    try {
      renameSync(lock, aside);
    } catch {
      continue;
    }
    const renamed = contentOf(aside) ?? '';
    rmSync(aside);
    // It was that of a run that went on in the meantime.
    if (renamed !== found && !isCreated(lock, renamed)) throw inUse(lock, renamed, user);
  }
}

function isCreated(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Reading does not wait for a writer, as it would if the file were a named pipe; then it is empty. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, { encoding: 'utf8', flag: READ });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    // A folder, or a symbolic link.
    if (code === 'EISDIR' || code === 'ELOOP') return '';
    throw error;
  }
}

/** Whether the process ran on this machine and does not run any more. */
function isGone(holder: string): boolean {
  const [pid = '', host] = holder.split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function inUse(lock: string, holder: string, user = 'local run'): Error {
  const [pid = '', host = ''] = holder.split(' ');
  return new Error(
    `Another ${user} (process ${pid || 'unknown'}${host && ` on ${host}`}) uses ${dirname(lock)}: wait until it ends, or use another --out; ` +
      `if there is no such run, remove ${lock}`,
  );
}
