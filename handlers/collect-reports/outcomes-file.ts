import { keys } from '../shared/bucket-layout';
import { BatchOutcomes, type Outcome } from '../shared/run-files';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';

/** S3's answers when the file is not the one that was read any more. */
const overtaken = ['PreconditionFailed', 'ConditionalRequestConflict'];

/**
 * The outcomes of one batch in the bucket. An outcome that is written stays: a repeated or doubled look adds
 * to the file and never takes away from it, because every write names the version that it builds on.
 */
export class BatchOutcomesFile {
  private readonly key: string;

  constructor(
    private readonly bucket: ReportBucket,
    run: string,
    private readonly batch: number,
  ) {
    this.key = keys.outcomes(run, batch);
  }

  read(): Promise<VersionedFile<BatchOutcomes>> {
    return this.bucket.getJson(this.key, BatchOutcomes);
  }

  /** Adds outcomes to the file and returns all that it holds then. */
  async add(outcomes: Outcome[], known?: VersionedFile<BatchOutcomes>): Promise<Outcome[]> {
    const all = merged(known?.content.outcomes ?? [], outcomes);
    const held = known?.content.outcomes;
    if (held?.length === all.length && all.every((outcome, index) => outcome === held[index])) return all;
    try {
      const condition = known ? { IfMatch: known.etag } : { IfNoneMatch: '*' };
      await this.bucket.putJson(
        this.key,
        { batch: this.batch, outcomes: all } satisfies BatchOutcomes,
        condition,
      );
      return all;
    } catch (error) {
      if (!(error instanceof Error && overtaken.includes(error.name))) throw error;
      return this.add(outcomes, await this.read());
    }
  }
}

/** What was decided first holds, but a report that lies in the bucket is more than any failure to get it. */
function merged(first: Outcome[], second: Outcome[]): Outcome[] {
  const byAccount = new Map(first.map((outcome) => [outcome.account, outcome]));
  for (const outcome of second) {
    const held = byAccount.get(outcome.account);
    if (!held || (held.outcome === 'failed' && outcome.outcome === 'collected')) {
      byAccount.set(outcome.account, outcome);
    }
  }
  return [...byAccount.values()];
}
