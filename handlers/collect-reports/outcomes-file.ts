import { isOvertaken, isRace, repeatedWrite } from '../shared/aws/conflict';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import { BatchOutcomes, type Collected, type Outcome, hashOfList } from '../shared/run-files';

/**
 * The outcomes of one batch in the bucket. An outcome is never lost: a poll that runs twice adds to the file and never
 * removes from it, because every write is conditional on the version that it builds on.
 */
export class OutcomesFile {
  private readonly key: string;

  constructor(
    private readonly bucket: ReportBucket,
    run: string,
    private readonly batch: number,
  ) {
    this.key = keys.outcomes(run, batch);
  }

  /** The file as it is; undefined if it does not exist. */
  async read(): Promise<VersionedFile<BatchOutcomes> | undefined> {
    return (await this.bucket.exists(this.key)) ? this.bucket.getJson(this.key, BatchOutcomes) : undefined;
  }

  /**
   * Adds outcomes to the file.
   * @param known - the file as it was read; undefined if it did not exist
   * @returns every outcome in the file afterwards
   */
  add(outcomes: Outcome[], known?: VersionedFile<BatchOutcomes>): Promise<Outcome[]> {
    return repeatedWrite(
      async (attempt) => this.write(outcomes, attempt === 1 ? known : await this.read()),
      (error) => isRace(error) || isOvertaken(error),
    );
  }

  private async write(outcomes: Outcome[], known?: VersionedFile<BatchOutcomes>): Promise<Outcome[]> {
    const before = known?.content.outcomes ?? [];
    const after = merged(before, outcomes);
    if (known && after.every((outcome, index) => outcome === before[index])) return after;
    const condition = known ? { IfMatch: known.etag } : { IfNoneMatch: '*' };
    const content: BatchOutcomes = { batch: this.batch, outcomes: after };
    await this.bucket.putJson(this.key, content, condition);
    return after;
  }
}

/**
 * The first outcome of an account counts, with two exceptions: a stored report replaces a failure, and if two polls stored
 * different reports, the one that was stored last is in the bucket.
 */
function merged(first: Outcome[], second: Outcome[]): Outcome[] {
  const byAccount = new Map(first.map((outcome) => [outcome.account, outcome]));
  for (const outcome of second) {
    const before = byAccount.get(outcome.account);
    if (!before || replaces(outcome, before)) byAccount.set(outcome.account, outcome);
  }
  return [...byAccount.values()];
}

function replaces(outcome: Outcome, before: Outcome): boolean {
  if (outcome.outcome !== 'collected') return false;
  if (before.outcome === 'failed') return true;
  // A list that one of the polls stored is still there.
  if (outcome.sha256 === before.sha256 && isListed(outcome) !== isListed(before)) return isListed(outcome);
  const isOther = hashesOf(outcome) !== hashesOf(before);
  return isOther && outcome.collectedAt > before.collectedAt;
}

const isListed = ({ serviceCredentials: list }: Collected) => list?.outcome === 'collected';

/** Of the report, and of the service-specific credentials if they were listed. */
const hashesOf = ({ sha256, serviceCredentials }: Collected): string =>
  `${sha256} ${hashOfList(serviceCredentials) ?? ''}`;
