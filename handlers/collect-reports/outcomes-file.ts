import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import { BatchOutcomes, type Outcome } from '../shared/run-files';

/** Errors that S3 returns when the file has changed since it was read. */
const conflicts = ['PreconditionFailed', 'ConditionalRequestConflict'];

/**
 * The outcomes of one batch in the bucket. An outcome is never lost: a poll that runs twice adds to the file and never
 * removes from it, because every write is conditional on the version that it builds on.
 */
export class OutcomesFile {
  private readonly key: string;

  constructor(
    private readonly bucket: ReportBucket,
    runPrefix: string,
    private readonly batch: number,
  ) {
    this.key = keys.outcomes(runPrefix, batch);
  }

  read(): Promise<VersionedFile<BatchOutcomes>> {
    return this.bucket.getJson(this.key, BatchOutcomes);
  }

  /**
   * Adds outcomes to the file.
   * @param known - the file as it was read; undefined if it was not read
   * @returns every outcome in the file afterwards
   */
  async add(outcomes: Outcome[], known?: VersionedFile<BatchOutcomes>): Promise<Outcome[]> {
    const before = known?.content.outcomes ?? [];
    const after = merged(before, outcomes);
    if (known && after.every((outcome, index) => outcome === before[index])) return after;
    try {
      const condition = known ? { IfMatch: known.etag } : { IfNoneMatch: '*' };
      const content: BatchOutcomes = { batch: this.batch, outcomes: after };
      await this.bucket.putJson(this.key, content, condition);
      return after;
    } catch (error) {
      if (!(error instanceof Error && conflicts.includes(error.name))) throw error;
      return this.add(outcomes, await this.read());
    }
  }
}

/** The first outcome of an account counts, except that a stored report replaces a failure. */
function merged(first: Outcome[], second: Outcome[]): Outcome[] {
  const byAccount = new Map(first.map((outcome) => [outcome.account, outcome]));
  for (const outcome of second) {
    const before = byAccount.get(outcome.account);
    if (!before || (before.outcome === 'failed' && outcome.outcome === 'collected')) {
      byAccount.set(outcome.account, outcome);
    }
  }
  return [...byAccount.values()];
}
