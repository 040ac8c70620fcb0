/** Runs that are stored and summarized one after the other in one bucket. */
import { parse } from 'csv-parse/sync';
import type { Manifest } from '../../handlers/core/manifest';
import { type RunFile, type TableFile, keys } from '../../handlers/shared/bucket-layout';
import type { RunSummary, SummarizeRunEvent } from '../../handlers/shared/events';
import type { Signer } from '../../handlers/summarize-run/publish/signer';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import { COLLECTING_ACCOUNT } from '../../tools/support/embedded-execution';
import { type ReportStore, reportStore } from './report-store';
import { DATE, type StoredAccount, type StoredRunProps, storeRun } from './stored-run';

interface SummarizedProps {
  /** Whether the bucket has versions; it has by default. */
  versions?: boolean;
  environment?: string;
  partition?: string;
  signer?: Signer;
  retentionDays?: number;
  /** @default - a new bucket */
  store?: ReportStore;
}

/** A run that was summarized. */
export interface SummarizedRun {
  event: SummarizeRunEvent;
  summary: RunSummary;
  manifest: Manifest;
}

export class SummarizedRuns {
  readonly store: ReportStore;
  readonly environment: string;

  constructor(private readonly props: SummarizedProps = {}) {
    const { versions = true, environment = 'test', store = reportStore({ versions }) } = props;
    this.store = store;
    this.environment = environment;
  }

  get s3() {
    return this.store.s3;
  }

  /** Stores a run without summarizing it. */
  collect(
    accounts: readonly StoredAccount[],
    props: Partial<StoredRunProps> = {},
  ): Promise<SummarizeRunEvent> {
    return storeRun(this.store.bucket, accounts, { environment: this.environment, ...props });
  }

  /** Summarizes a run that is stored; calls it again if it was summarized before. */
  async summarize(event: SummarizeRunEvent): Promise<SummarizedRun> {
    const { partition = 'aws', signer, retentionDays = null } = this.props;
    const summary = await summarizeRun({
      bucket: this.store.bucket,
      place: {
        environment: this.environment,
        organizationId: 'o-exampleorg1',
        accountId: COLLECTING_ACCOUNT,
        region: 'us-east-1',
        productVersion: '1.2.3',
        retentionDays,
      },
      partition,
      signer,
    })(event);
    return { event, summary, manifest: this.s3.json(summary.manifest.key) as Manifest };
  }

  async run(accounts: readonly StoredAccount[], props: Partial<StoredRunProps> = {}): Promise<SummarizedRun> {
    return this.summarize(await this.collect(accounts, props));
  }

  /** The rows of a table of a day. */
  table(file: TableFile, date = DATE): Record<string, string>[] {
    return parse(this.s3.text(keys.day(date, file)), { columns: true });
  }

  /** The page of a day. */
  page(date = DATE): string {
    return this.s3.text(keys.day(date, 'index.html'));
  }

  /** Key of a file that a run wrote. */
  fileOf({ manifest }: SummarizedRun, file: RunFile): string {
    const found = manifest.files.find(({ key }) => key.endsWith(`/${file}`));
    if (!found) throw new Error(`manifest ${manifest.number} does not name ${file}`);
    return found.key;
  }
}
