import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  opendirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { UPLOADS, removeUploads } from './fake-aws/s3/s3-service';
import { makeReportFolder } from './output-folder';

/** Names the process whose run uses the folder. */
const IN_USE = '.in-use';

/** Links that a message names. */
const MOST_NAMED_LINKS = 3;

/**
 * The folder of a run: used by one run at a time, since runs would replace each other's reports, and readable by its owner
 * only.
 */
export class RunFolder {
  private readonly release = () => {
    if (contentOf(this.lock) === this.holder) rmSync(this.lock, { force: true });
  };

  private constructor(
    /** Without links: what `--out` names may be one. */
    readonly path: string,
    private readonly lock: string,
    private readonly holder: string,
  ) {
    process.once('exit', this.release);
  }

  /** @throws if a run uses the folder, as far as one can tell without writing to it */
  static assertFree(folder: string): void {
    const lock = join(folder, IN_USE);
    const holder = contentOf(lock);
    if (holder !== undefined && !isGone(holder)) throw inUse(lock, holder);
  }

  /**
   * Creates the folder unless it exists, and removes what runs that were killed left in it.
   * @throws if another run uses it, if another user can change it, or if the logs or uploads would be written through a symbolic link
   */
  static open(folder: string): RunFolder {
    makeReportFolder(folder);
    const path = realpathSync(folder);
    assertOwn(path);
    const lock = join(path, IN_USE);
    const holder = `${process.pid} ${hostname()} ${randomUUID()}`;
    take(lock, holder);
    const opened = new RunFolder(path, lock, holder);
    opened.makePrivate(['logs', UPLOADS]);
    removeUploads(path);
    return opened;
  }

  /**
   * Makes folders in it private, whoever can read it.
   * @throws if one of them, or something in it, is a symbolic link
   */
  makePrivate(names: readonly string[]): void {
    const paths = names.map((name) => join(this.path, name));
    const links = paths.flatMap((path) => [...linksIn(path)]);
    if (links.length > 0) {
      const more = links.length - MOST_NAMED_LINKS;
      const named = links.slice(0, MOST_NAMED_LINKS).join(', ') + (more > 0 ? ` and ${more} more` : '');
      throw new Error(
        `A local run does not write through symbolic links: ${named}; remove them, or use another --out`,
      );
    }
    for (const path of paths) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
    }
  }

  close(): void {
    process.off('exit', this.release);
    this.release();
  }
}

/** Whoever owns a folder, or may write to one that is not sticky, can put others in the place of those in it. */
function assertOwn(path: string): void {
  const { uid, mode } = statSync(path);
  const me = process.getuid?.();
  // Windows has neither.
  if (me === undefined) return;
  const problem = `Other users can replace what is written to ${path}: use another --out`;
  if (uid !== me && uid !== 0) throw new Error(problem);
  if ((mode & 0o1002) === 0o002) throw new Error(`${problem}, or chmod o-w ${path}`);
}

function take(lock: string, holder: string): void {
  while (!isCreated(lock, holder)) {
    const found = contentOf(lock);
    if (found === undefined) continue;
    if (!isGone(found)) throw inUse(lock, found);
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
    if (renamed !== found && !isCreated(lock, renamed)) throw inUse(lock, renamed);
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

function inUse(lock: string, holder: string): Error {
  const [pid = '', host = ''] = holder.split(' ');
  return new Error(
    `Another local run (process ${pid || 'unknown'}${host && ` on ${host}`}) uses ${dirname(lock)}: wait until it ends, or use another --out; ` +
      `if there is no such run, remove ${lock}`,
  );
}

function* linksIn(path: string): Generator<string> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) yield path;
  if (!found?.isDirectory()) return;
  const folder = opendirSync(path);
  try {
    for (let entry = folder.readSync(); entry; entry = folder.readSync()) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) yield inner;
      else if (entry.isDirectory()) yield* linksIn(inner);
    }
  } finally {
    folder.closeSync();
  }
}
