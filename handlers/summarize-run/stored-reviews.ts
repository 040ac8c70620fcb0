import type { CollectedAccount } from '../core/reconcile';
import type { ReportReview } from '../report-review/report-review';
import { MAX_LINE_BYTES, accountOfLine, reviewIn } from '../report-review/review-line';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { batchOfReviews, prefixes } from '../shared/bucket-layout';
import { log } from '../shared/log';
import { type BatchOutcomes, hashOfList } from '../shared/run-files';
import { byteLines } from './byte-lines';

/**
 * Most bytes of the pieces that are in memory at the same time: of each file, the one that is used and the next one. Somebody who can
 * write reviews could make any number of files. A line of each, which may be as long as {@link MAX_LINE_BYTES}, comes on top.
 */
const MAX_BYTES = 96 * 1024 * 1024;
/** What a file takes at least, bytes: all of them are opened at the same time. */
const LEAST_BYTES = 4 * 1024;
/** Bytes of a piece: more files have smaller ones. */
const PIECES = [512, 256, 128, 64, 32].map((kib) => kib * 1024);

export interface StoredReviewsProps {
  files: readonly ReviewFile[];
  batches: readonly BatchOutcomes[];
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
  private readonly batchOf: ReadonlyMap<string, number>;
  private readonly files: ReadonlyMap<number, readonly ReviewFile[]>;

  constructor({ files, batches, basis }: StoredReviewsProps) {
    this.basis = basis;
    this.batchOf = new Map(
      batches.flatMap(({ batch, outcomes }) => outcomes.map(({ account }) => [account, batch])),
    );
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

/** The files of the reviews of a run, of which the first pieces are on their way. */
export async function reviewFiles(bucket: ReportBucket, run: string): Promise<ReviewFile[]> {
  const found = [...(await listed(bucket, prefixes.reviews(run)))];
  const piece = pieceFor(found.map(([, { bytes }]) => bytes));
  if (piece !== undefined) return found.map(([key]) => new ReviewFile(bucket, key, piece));
  log('there are too many reviews; reports are reviewed again', { files: found.length });
  return [];
}

/** One file, which is read as far as the account that is asked for. */
export class ReviewFile {
  private readonly lines: AsyncIterator<Uint8Array, undefined>;
  /** The line that comes next; undefined at the end. */
  private next: Promise<Uint8Array | undefined> | Uint8Array | undefined;

  constructor(
    bucket: ReportBucket,
    readonly key: string,
    piece: number,
  ) {
    this.lines = byteLines(bucket.pieces(key, piece), MAX_LINE_BYTES);
    this.next = this.read();
  }

  /** What is found in a line of the account: the first, if there are several. */
  async find<Found>(
    account: string,
    read: (line: Uint8Array) => Found | undefined,
  ): Promise<Found | undefined> {
    for (let line = await this.next; line; line = await this.read()) {
      const about = accountOfLine(line);
      this.next = line;
      if (about > account) return undefined;
      const found = about === account ? read(line) : undefined;
      if (found) return found;
    }
    this.next = undefined;
    return undefined;
  }

  /** Only the name of an error is logged, because its message can quote the report. */
  private async read(): Promise<Uint8Array | undefined> {
    try {
      return (await this.lines.next()).value;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log('could not read the reviews; reports are reviewed again', { where: this.key, error: name });
      return undefined;
    }
  }
}

/** The size of pieces with which files of these sizes fit into memory; undefined if none is small enough. */
export const pieceFor = (files: readonly number[]): number | undefined =>
  PIECES.find((piece) => {
    const used = (bytes: number) => Math.max(LEAST_BYTES, Math.min(bytes, 2 * piece));
    return files.reduce((sum, bytes) => sum + used(bytes), 0) <= MAX_BYTES;
  });

async function listed(bucket: ReportBucket, folder: string): Promise<ReadonlyMap<string, ListedObject>> {
  try {
    return await bucket.objects(folder);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log('could not list the reviews; reports are reviewed again', { where: folder, error: name });
    return new Map();
  }
}
