import { keys, runOf } from '../shared/bucket-layout';
import type { ReportBucket } from '../shared/aws/report-bucket';
import type { RunSettings } from '../shared/events';
import { sha256Of } from '../shared/hash';
import { Ledger } from '../shared/run-files';
import { settingsHash } from '../shared/settings-hash';
import { InvalidInput } from '../shared/validation';

/** What the ledger says about the organization, and about the batches of its accounts. */
export type Listing = Pick<Ledger, 'nonce' | 'organization' | 'notes' | 'accounts' | 'openBatches'>;

/** A ledger in the bucket, with its hash. */
export interface StoredLedger {
  ledger: Ledger;
  sha256: string;
}

const haveSameHash = (one: RunSettings, other: RunSettings) => settingsHash(one) === settingsHash(other);

/** The ledger of a run, which is written once: a repetition adopts the one that exists. */
export class LedgerFile {
  private readonly key: string;

  constructor(
    private readonly bucket: ReportBucket,
    private readonly about: Omit<Ledger, keyof Listing>,
  ) {
    this.key = keys.ledger(runOf(about.date, about.execution));
  }

  /** The ledger that exists; undefined if none does. */
  async adopt(): Promise<StoredLedger | undefined> {
    return (await this.bucket.exists(this.key)) ? this.read() : undefined;
  }

  /** Writes the ledger, unless another try of the same state has written it meanwhile. */
  async write(listing: Listing): Promise<StoredLedger> {
    const ledger: Ledger = { ...this.about, ...listing };
    const text = JSON.stringify(ledger);
    const created = await this.bucket.create(this.key, text, { ContentType: 'application/json' });
    return created ? { ledger, sha256: sha256Of(text) } : this.read();
  }

  private async read(): Promise<StoredLedger> {
    const { content: ledger, sha256 } = await this.bucket.getJson(this.key, Ledger);
    const { environment, startedAt, settings } = this.about;
    if (ledger.environment !== environment || ledger.startedAt !== startedAt)
      throw new InvalidInput(
        `${this.bucket.url(this.key)} belongs to another run: environment ${ledger.environment}, started at ` +
          `${ledger.startedAt}; this one is of environment ${environment}, started at ${startedAt}`,
      );
    const { date, execution } = this.about;
    if (ledger.date !== date || ledger.execution !== execution || !haveSameHash(ledger.settings, settings))
      throw new InvalidInput(
        `${this.bucket.url(this.key)} names another run, or has other settings than this one, so this one did not write it`,
      );
    return { ledger, sha256 };
  }
}
