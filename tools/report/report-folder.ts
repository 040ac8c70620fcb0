import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder, writeWhole } from '../../constructs/write-file';
import { prefixes, dayTables } from '../../handlers/shared/bucket-layout';
import { lockFolder } from '../../local/folder-lock';
import { makeReportFolder } from '../../local/output-folder';
import { assertOwn } from '../../local/run-folder';

/** Names the process that uses the folder. */
const IN_USE = '.in-use';
/** What is not verified yet. */
const PARTIAL = '.partial';
/** A day that is being replaced; its date follows. */
const REPLACED = '.replaced-';

const OWN_FILES: readonly string[] = ['index.html', ...dayTables];

/**
 * Where the reports of an environment are stored: `OUT/NAME/DATE`, and their manifests in `OUT/manifests/NAME`, where the
 * pages link to them. Only its owner can read it, and one command at a time uses it.
 */
export class ReportFolder {
  private constructor(
    private readonly folder: string,
    private readonly manifests: string,
    private readonly unlock: () => void,
  ) {
    process.once('exit', this.close);
  }

  /** @throws if another command uses it, or if another user could replace what is in it */
  static open(out: string, environment: string): ReportFolder {
    makeReportFolder(out);
    const root = realpathSync(out);
    assertOwn(root);
    const [folder, all, manifests] = [
      join(root, environment),
      join(root, prefixes.allManifests),
      join(root, prefixes.manifests(environment)),
    ];
    for (const path of [folder, all, manifests]) makePrivate(path);
    const opened = new ReportFolder(folder, manifests, lockFolder(join(folder, IN_USE), 'report'));
    try {
      opened.tidy();
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  /** An empty folder for what is not verified yet. */
  get partial(): string {
    const path = join(this.folder, PARTIAL);
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    return path;
  }

  /**
   * Puts what is verified in the place of a day, with the manifest that its page links to. What somebody else put into the
   * folder of the day stays there.
   * @returns the path of the day
   */
  replace(date: string, manifest: { readonly key: string; readonly content: Uint8Array }): string {
    const day = join(this.folder, date);
    const stored = join(this.manifests, basename(manifest.key));
    const replaced = join(this.folder, `${REPLACED}${date}`);
    const hasDay = isPresent(day);
    if (hasDay) assertFolder(day);
    if (isPresent(stored)) assertFile(stored);
    writeWhole(stored, manifest.content);
    chmodSync(stored, 0o600);
    if (hasDay) renameSync(day, replaced);
    try {
      renameSync(this.partial, day);
    } finally {
      this.finishReplacing(date);
    }
    return day;
  }

  /** Removes what is not verified, and gives the folder back; when the process exits, at the latest. */
  readonly close = (): void => {
    process.off('exit', this.close);
    rmSync(join(this.folder, PARTIAL), { recursive: true, force: true });
    this.unlock();
  };

  /** Ends what a command that was killed has begun. */
  private tidy(): void {
    rmSync(join(this.folder, PARTIAL), { recursive: true, force: true });
    for (const name of readdirSync(this.folder))
      if (name.startsWith(REPLACED)) this.finishReplacing(name.slice(REPLACED.length));
  }

  private finishReplacing(date: string): void {
    const [day, replaced] = [join(this.folder, date), join(this.folder, `${REPLACED}${date}`)];
    if (!isPresent(replaced)) return;
    if (!isPresent(day)) {
      renameSync(replaced, day);
      return;
    }
    for (const name of readdirSync(replaced).filter((found) => !OWN_FILES.includes(found))) {
      const [from, to] = [join(replaced, name), join(day, name)];
      // A command that was killed has left the first one; since then somebody made the second one.
      if (isPresent(to))
        throw new Error(`${from} cannot be put back, because ${to} exists: remove one of them`);
      renameSync(from, to);
    }
    rmSync(replaced, { recursive: true, force: true });
  }
}

const isPresent = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Whoever plants a link decides where reports are written. */
function assertFolder(path: string): void {
  if (!lstatSync(path).isDirectory())
    throw new Error(`${path} must be a folder: remove it, or use another --out`);
}

function assertFile(path: string): void {
  if (!lstatSync(path).isFile()) throw new Error(`${path} must be a file: remove it, or use another --out`);
}

function makePrivate(path: string): void {
  if (isPresent(path)) assertFolder(path);
  makeFolder(path, 0o700);
  assertOwn(path);
  chmodSync(path, 0o700);
}
