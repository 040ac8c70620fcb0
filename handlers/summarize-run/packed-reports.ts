import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { batchOfReportPack, prefixes } from '../shared/bucket-layout';
import { log } from '../shared/log';
import { type BatchOutcomes, PackedReport } from '../shared/run-files';

/** Bytes of a pack that are read at a time, and about as many are in memory. */
const PIECE = 256 * 1024;
/** Most characters of a line that is not complete: a small report has 16 KiB, and more with many quotes. */
const LONGEST_LINE = 128 * 1024;
/**
 * Most bytes of packs in memory. The 130 packs of the largest organization have 32 MB. Somebody who can write packs could make any
 * number of them.
 */
const MAX_BYTES = 128 * 1024 * 1024;

/**
 * The copies of small reports that `collect-reports` made. A batch has accounts from the whole organization, so all packs are
 * read at the same time, each as far as the account whose turn it is. What cannot be read is not used: nothing depends on a pack.
 */
export class PackedReports {
  private constructor(
    private readonly batchOf: ReadonlyMap<string, number>,
    private readonly packs: ReadonlyMap<number, readonly Pack[]>,
  ) {}

  static async find(
    bucket: ReportBucket,
    run: string,
    batches: readonly BatchOutcomes[],
  ): Promise<PackedReports> {
    const batchOf = new Map(
      batches.flatMap(({ batch, outcomes }) => outcomes.map(({ account }) => [account, batch])),
    );
    const packs = readable([...(await listed(bucket, prefixes.reportPacks(run)))]);
    const byBatch = Map.groupBy(packs, ([key]) => batchOfReportPack(key));
    return new PackedReports(
      batchOf,
      new Map([...byBatch].map(([batch, files]) => [batch, files.map(([key]) => new Pack(bucket, key))])),
    );
  }

  /** The copy of an account's report, if there is one. Call it in the order of the account IDs. */
  async of(account: string): Promise<Buffer | undefined> {
    for (const pack of this.packs.get(this.batchOf.get(account) ?? 0) ?? []) {
      const report = await pack.of(account);
      if (report !== undefined) return report;
    }
    return undefined;
  }
}

/** One pack, which is read in turn: accounts may be asked for while another one is being looked for. */
class Pack {
  private readonly lines: AsyncIterator<string, undefined>;
  private next: PackedReport | undefined;
  private asked: Promise<unknown> = Promise.resolve();
  private isStarted = false;

  constructor(
    bucket: ReportBucket,
    private readonly key: string,
  ) {
    this.lines = bucket.lines(key, PIECE, LONGEST_LINE);
  }

  of(account: string): Promise<Buffer | undefined> {
    const found = this.asked.then(() => this.find(account));
    this.asked = found;
    return found;
  }

  private async find(account: string): Promise<Buffer | undefined> {
    if (!this.isStarted) await this.advance();
    while (this.next && this.next.account < account) await this.advance();
    return this.next?.account === account ? Buffer.from(this.next.report) : undefined;
  }

  /** Only the name of an error is logged, because its message can quote the report. */
  private async advance(): Promise<void> {
    this.isStarted = true;
    this.next = undefined;
    try {
      const { value } = await this.lines.next();
      if (value !== undefined) this.next = PackedReport.parse(JSON.parse(value));
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log('could not read a report pack; its reports are read one by one', { where: this.key, error: name });
    }
  }
}

/** All packs, unless they are more than `collect-reports` can have written. */
function readable(packs: [key: string, object: ListedObject][]): [key: string, object: ListedObject][] {
  const bytes = packs.reduce((sum, [, object]) => sum + Math.min(object.bytes, PIECE), 0);
  if (bytes <= MAX_BYTES) return packs;
  log('there are too many report packs; reports are read one by one', { packs: packs.length, bytes });
  return [];
}

async function listed(bucket: ReportBucket, folder: string): Promise<ReadonlyMap<string, ListedObject>> {
  try {
    return await bucket.objects(folder);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log('could not list the report packs; reports are read one by one', { where: folder, error: name });
    return new Map();
  }
}
