import pMap from 'p-map';
import type { CollectedAccount } from '../core/reconcile';
import type { ReportReview } from '../report-review/report-review';
import { MAX_FILE_BYTES, MAX_LINE_BYTES, accountOfLine, reviewIn } from '../report-review/review-line';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { batchOfReviews, prefixes } from '../shared/bucket-layout';
import { log } from '../shared/log';
import { type Ledger, hashOfList } from '../shared/run-files';
import { byteLines } from './byte-lines';

/**
 * Most bytes of the pieces that are in memory at the same time: of each file, the one that is used and the next one. Somebody who can
 * write reviews could make any number of files. A line of each, which may be as long as {@link MAX_LINE_BYTES}, comes on top.
 */
const MAX_BYTES = 48 * 1024 * 1024;
/** What a file counts at least, bytes, however small it is: its first piece is read before it is needed. */
const LEAST_BYTES = 8 * 1024;
/** Bytes of a piece: more files have smaller ones. */
const PIECES = [512, 256, 128, 64, 32, 16].map((kib) => kib * 1024);
const SMALLEST_PIECE = Math.min(...PIECES);
/** Most bytes of all files: reading more would take minutes. The reviews of 50,000 accounts of 50 users have as many. */
const MAX_TOTAL_BYTES = 1024 ** 3;
/** Most pieces of all files, each of which is a request to S3: twice as many as the largest files need in a large organization. */
const MAX_PIECES = 32_768;
/** Files that are opened at the same time. */
const CONCURRENT_FILES = 64;

export interface StoredReviewsProps {
  files: readonly ReviewFile[];
  /** Those of the ledger. */
  accounts: readonly Pick<Ledger['accounts'][number], 'id' | 'batch'>[];
  /** That of the reviewer of the run. */
  basis: string;
}

/**
 * The reviews that `collect-reports` made. A batch has accounts from the whole organization, so all files are read at the same
 * time, like sorted files that are merged: each as far as the account whose turn it is. Nothing depends on a review: what
 * cannot be read, or is not what the outcome of the account names, is not used.
 */
export class StoredReviews {
  private readonly basis: string;
  private readonly batchOf: ReadonlyMap<string, number | undefined>;
  private readonly files: ReadonlyMap<number, readonly ReviewFile[]>;

  constructor({ files, accounts, basis }: StoredReviewsProps) {
    this.basis = basis;
    this.batchOf = new Map(accounts.map(({ id, batch }) => [id, batch]));
    this.files = Map.groupBy(files, ({ key }) => batchOfReviews(key));
  }

  /** The review that the outcome of an account names, if it is there. Call it in the order of the account IDs. */
  async of({ id, sha256, review, serviceCredentials }: CollectedAccount): Promise<ReportReview | undefined> {
    if (review === undefined) return undefined;
    const list = hashOfList(serviceCredentials);
    const source = { account: id, report: sha256, list, basis: this.basis };
    for (const file of this.files.get(this.batchOf.get(id) ?? 0) ?? []) {
      const found = await file.find(id, (line) => reviewIn(line, review, source));
      if (found) return found;
    }
    return undefined;
  }
}

/** The files of the reviews of a run, of which the first pieces are on their way. Reports whose reviews are left out are reviewed again. */
export async function reviewFiles(bucket: ReportBucket, run: string): Promise<ReviewFile[]> {
  const found = [...(await listed(bucket, prefixes.reviews(run)))].map(([key, { bytes }]) => ({
    key,
    bytes,
  }));
  const { files: used, piece } = usable(found);
  if (used.length < found.length)
    log('there are too many reviews, or too large files of them; some are not used', {
      files: found.length,
      used: used.length,
    });
  const files = used.map(({ key }) => new ReviewFile(bucket, key, piece));
  void pMap(files, (file) => file.begin(), { concurrency: CONCURRENT_FILES });
  return files;
}

/**
 * As many as fit into memory and time, but for those that are larger than `collect-reports` writes them, and the size of the pieces in
 * which they are read.
 */
export function usable<File extends { bytes: number }>(
  files: readonly File[],
): { files: File[]; piece: number } {
  const left = { memory: MAX_BYTES, total: MAX_TOTAL_BYTES, pieces: MAX_PIECES };
  const fitting = files.filter(({ bytes }) => {
    if (bytes > MAX_FILE_BYTES || left.memory < used(bytes, SMALLEST_PIECE) || left.total < bytes)
      return false;
    left.memory -= used(bytes, SMALLEST_PIECE);
    left.total -= bytes;
    return true;
  });
  const piece = pieceFor(fitting.map(({ bytes }) => bytes));
  return { piece, files: fitting.filter(({ bytes }) => (left.pieces -= Math.ceil(bytes / piece)) >= 0) };
}

/** The size of pieces with which files of these sizes fit into memory. */
export const pieceFor = (files: readonly number[]): number =>
  PIECES.find((piece) => files.reduce((sum, bytes) => sum + used(bytes, piece), 0) <= MAX_BYTES) ??
  SMALLEST_PIECE;

const used = (bytes: number, piece: number) => Math.max(LEAST_BYTES, Math.min(bytes, 2 * piece));

interface Line {
  account: string;
  text: Uint8Array;
}

/** One file, which is read as far as the account that is asked for. */
export class ReviewFile {
  private readonly lines: AsyncIterator<Uint8Array, undefined>;
  /** The line that comes next; undefined at the end. */
  private next: Promise<Line | undefined> | Line | undefined;
  private hasBegun = false;
  /** The account of the line before. */
  private before = '';

  constructor(
    bucket: ReportBucket,
    readonly key: string,
    piece: number,
  ) {
    this.lines = byteLines(bucket.pieces(key, piece), MAX_LINE_BYTES);
  }

  /** Reads the first line, unless it is read already. It never throws. */
  async begin(): Promise<void> {
    if (!this.hasBegun) {
      this.hasBegun = true;
      this.next = this.read();
    }
    await this.next;
  }

  /** What is found in the line of the account. */
  async find<Found>(
    account: string,
    read: (line: Uint8Array) => Found | undefined,
  ): Promise<Found | undefined> {
    if (!this.hasBegun) await this.begin();
    for (let line = await this.next; line; line = await this.read()) {
      this.next = line;
      if (line.account > account) return undefined;
      if (line.account === account) return read(line.text);
    }
    this.next = undefined;
    return undefined;
  }

  /**
   * A file is not read any further after a line that does not come after the one before it: such a file was not written by
   * `collect-reports`, and could have any number of lines that nobody asks for. Only the name of an error is logged, because its message
   * can quote the report.
   */
  private async read(): Promise<Line | undefined> {
    try {
      const { value: text } = await this.lines.next();
      if (!text) return undefined;
      const account = accountOfLine(text);
      if (account <= this.before) throw new RangeError('the lines are not in the order of their accounts');
      this.before = account;
      return { account, text };
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log('could not read the reviews; reports are reviewed again', { where: this.key, error: name });
      return undefined;
    }
  }
}

async function listed(bucket: ReportBucket, folder: string): Promise<ReadonlyMap<string, ListedObject>> {
  try {
    return await bucket.objects(folder);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log('could not list the reviews; reports are reviewed again', { where: folder, error: name });
    return new Map();
  }
}
