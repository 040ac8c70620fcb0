import { chmodSync, lstatSync, mkdirSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UPLOADS, removeUploads } from './fake-aws/s3/s3-service';
import { assertUnlocked, lockFolder } from './folder-lock';
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
  private constructor(
    /** Without links: what `--out` names may be one. */
    readonly path: string,
    /** Gives the folder back. */
    readonly close: () => void,
  ) {}

  /** @throws if a run uses the folder, as far as one can tell without writing to it */
  static assertFree(folder: string): void {
    assertUnlocked(join(folder, IN_USE));
  }

  /**
   * Creates the folder unless it exists, and removes what runs that were killed left in it.
   * @throws if another run uses it, if another user can change it, or if the logs or uploads would be written through a symbolic link
   */
  static open(folder: string): RunFolder {
    makeReportFolder(folder);
    const path = realpathSync(folder);
    assertOwn(path);
    const opened = new RunFolder(path, lockFolder(join(path, IN_USE)));
    try {
      opened.makePrivate(['logs', UPLOADS]);
      removeUploads(path);
    } catch (error) {
      opened.close();
      throw error;
    }
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
}

/** Whoever owns a folder, or may write to one that is not sticky, can put others in the place of those in it. */
export function assertOwn(path: string): void {
  const { uid, mode } = statSync(path);
  const me = process.getuid?.();
  // Windows has neither.
  if (me === undefined) return;
  const problem = `Other users can replace what is written to ${path}: use another --out`;
  if (uid !== me && uid !== 0) throw new Error(problem);
  if ((mode & 0o1002) === 0o002) throw new Error(`${problem}, or chmod o-w ${path}`);
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
