import pMap from 'p-map';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import { type CollectReportsEvent, PollResult, type RunSettings } from '../shared/events';
import { log } from '../shared/log';
import { Batch, type ReviewSettings } from '../shared/run-files';

/** Batch files written at the same time. */
const CONCURRENT_WRITES = 20;

export interface ListedBatchesProps {
  bucket: ReportBucket;
  run: string;
  /** That of the ledger. */
  nonce: string;
  settings: Pick<RunSettings, 'waiting'>;
  review: ReviewSettings;
  /** Most accounts of a batch. */
  batchSize: number;
  /**
   * Invokes `collect-reports`, and returns its result.
   * @default - nothing is collected before all accounts are listed
   */
  collectReports?: ((event: CollectReportsEvent) => Promise<unknown>) | undefined;
}

/** Which batch every account belongs to. */
export interface AssignedBatches {
  /** By account ID. */
  batchOf: ReadonlyMap<string, number>;
  /** Batches that are still to be collected. */
  open: number[];
}

/**
 * Has accounts collected in batches while others are still listed, and puts those without an outcome into new batches at the
 * end. It is told which these are, so no outcome depends on an invocation that nobody waits for.
 */
export class ListedBatches {
  private readonly queued: string[] = [];
  private readonly known = new Set<string>();
  private readonly batchOf = new Map<string, number>();
  private readonly collecting: Promise<string[]>[] = [];
  private nextNumber = 1;

  constructor(private readonly props: ListedBatchesProps) {}

  /** Whether an account was added, so that it needs an outcome. */
  has(account: string): boolean {
    return this.known.has(account);
  }

  add(accounts: readonly string[]): void {
    const { batchSize, collectReports } = this.props;
    for (const account of accounts) {
      if (!this.known.has(account)) this.queued.push(account);
      this.known.add(account);
    }
    if (!collectReports) return;
    while (this.queued.length >= batchSize)
      this.collecting.push(this.collected(this.queued.splice(0, batchSize), collectReports));
  }

  /** Call it after the last page. Waits until no invocation is left. */
  async end(): Promise<AssignedBatches> {
    const { batchSize, collectReports } = this.props;
    // The others are waited for anyway. An organization of less than a batch goes to the Map at once.
    if (collectReports && this.collecting.length > 0 && this.queued.length > 0)
      this.collecting.push(this.collected(this.queued.splice(0), collectReports));
    const left = [...(await Promise.all(this.collecting)).flat(), ...this.queued].sort();
    const batches = Array.from({ length: Math.ceil(left.length / batchSize) }, (_, index) =>
      left.slice(index * batchSize, (index + 1) * batchSize),
    );
    const open = await pMap(batches, (accounts) => this.write(accounts, false), {
      concurrency: CONCURRENT_WRITES,
    });
    return { batchOf: this.batchOf, open };
  }

  /** @returns the accounts that are left without an outcome */
  private async collected(
    accounts: string[],
    collectReports: NonNullable<ListedBatchesProps['collectReports']>,
  ): Promise<string[]> {
    const { run, nonce } = this.props;
    try {
      const batch = await this.write(accounts, true);
      const { left = accounts } = PollResult.parse(await collectReports({ run, nonce, batch, waited: 0 }));
      return left.filter((account) => this.batchOf.get(account) === batch);
    } catch (error) {
      log('could not collect a batch while listing; the Map collects it', {
        run,
        accounts: accounts.length,
        error: String(error),
      });
      return accounts;
    }
  }

  /**
   * Another try of this state may have written batches, so a batch gets the next number that is free. One that is there with the
   * nonce of this try is its own: the response was lost.
   */
  private async write(accounts: string[], whileListing: boolean): Promise<number> {
    const { bucket, run, nonce, settings, review } = this.props;
    const { waiting } = settings;
    for (;;) {
      const batch = this.nextNumber++;
      const content: Batch = { run, nonce, batch, whileListing, waiting, review, accounts };
      const key = keys.batch(run, batch);
      const isNew = await bucket.create(key, JSON.stringify(content), { ContentType: 'application/json' });
      if (isNew || (await nonceOf(bucket, key)) === nonce) {
        for (const account of accounts) this.batchOf.set(account, batch);
        return batch;
      }
    }
  }
}

/** The nonce of a batch that exists; undefined if it cannot be read, so that it is not taken for that of this try. */
async function nonceOf(bucket: ReportBucket, key: string): Promise<string | undefined> {
  try {
    return (await bucket.getJson(key, Batch)).content.nonce;
  } catch (error) {
    log('could not read a batch; the next number is used', { key, error: String(error) });
    return undefined;
  }
}
