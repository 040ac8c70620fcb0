/**
 * One row of a credential report, read by the names of its columns. What a cell may contain:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
import type { Credential, CredentialPlace } from './credential';
import type { ReportColumn } from './report-columns';

export const ROOT_USER = '<root_account>';

/** A cell does not contain what IAM documents for it, so nobody knows whether the credential is fine. */
export class UnreadableCell extends Error {
  override readonly name = 'UnreadableCell';
}

/** What a cell may contain instead of a date: not applicable, never used or tracked, or not reported for the root user. */
const NO_DATE = ['N/A', 'no_information', 'not_supported'];
/** Current reports end in `Z`, older ones in `+00:00`. */
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = 86_400_000;
/**
 * How much later than its report a date may be, ms. The clocks of AWS services that write these dates differ: Amazon S3
 * accepts requests whose clock is up to 15 minutes off
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, RequestTimeTooSkewed).
 */
const CLOCK_DIFFERENCE = 15 * 60_000;

/** The times that the dates of a report are held against, ms since 1970. */
export interface ReportTimes {
  /** Start of the run: ages are counted from it, so that all accounts have the same reference. */
  readonly startedAt: number;
  /** When the report was made: no date in it can be later, however long after its start a run ends. */
  readonly madeAt: number;
}

/**
 * The times of a report that was collected. If IAM did not say when it made the report, the time of collection counts.
 * @param startedAt - start of the run, ms since 1970
 */
export function timesOf(
  { generatedAt, collectedAt }: { generatedAt: string; collectedAt: string },
  startedAt: number,
): ReportTimes {
  const known = [generatedAt, collectedAt]
    .map((time) => Date.parse(time))
    .find((time) => !Number.isNaN(time));
  return { startedAt, madeAt: known ?? startedAt };
}

export class CredentialRow {
  /**
   * @param cell - the text of a column, empty if the report has no such column
   */
  constructor(
    readonly cell: (column: string) => string,
    private readonly times: ReportTimes,
  ) {}

  get user(): string {
    return this.cell('user');
  }

  /** `aws`, `aws-cn` or `aws-us-gov`. */
  get partition(): string {
    return this.cell('arn').split(':')[1] ?? '';
  }

  /** True or false: documented in upper case, but in lower case in real reports. */
  flag(column: ReportColumn): boolean {
    const value = this.flagIfSupported(column);
    if (value === undefined) throw this.unreadable(column, 'is neither true nor false');
    return value;
  }

  /** The same for columns in which older reports and AWS GovCloud (US) have `not_supported`. */
  flagIfSupported(column: ReportColumn): boolean | undefined {
    switch (this.cell(column).toLowerCase()) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'not_supported':
        return undefined;
      default:
        throw this.unreadable(column, 'is neither true nor false');
    }
  }

  /** Whole days since the date in a cell; undefined if the cell says that there is no date. */
  age(column: ReportColumn): number | undefined {
    const text = this.cell(column);
    if (NO_DATE.includes(text)) return undefined;
    const date = dateIn(text);
    if (date === undefined) throw this.unreadable(column, 'is not a date');
    if (date > this.times.madeAt + CLOCK_DIFFERENCE)
      throw this.unreadable(column, 'is in the future: it is later than the report');
    return this.daysSince(date);
  }

  /** Whether the user has the credential and it is active. Inactive ones keep their dates. */
  isActive({ active }: CredentialPlace): boolean {
    return this.flag(active);
  }

  /** What the row says about a credential, as far as it can be read. */
  credential(place: CredentialPlace): Credential {
    const { kind, slot, created, lastUsed, lastUsedRegion, lastUsedService } = place;
    const date = (column?: ReportColumn) =>
      column !== undefined && dateIn(this.cell(column)) !== undefined ? this.cell(column) : '';
    const text = (column?: ReportColumn) => {
      const content = column === undefined ? '' : this.cell(column);
      return NO_DATE.includes(content) ? '' : content;
    };
    return {
      kind,
      id: String(slot ?? ''),
      createdAt: date(created),
      ageDays: this.daysSince(dateIn(this.cell(created))) ?? null,
      lastUsedAt: date(lastUsed),
      lastUsedRegion: text(lastUsedRegion),
      lastUsedService: text(lastUsedService),
    };
  }

  /** Whole days from a date to the start of the run. A credential may be used, and a report made, after that. */
  private daysSince(date: number | undefined): number | undefined {
    return date === undefined ? undefined : Math.max(Math.floor((this.times.startedAt - date) / DAY), 0);
  }

  private unreadable(column: string, problem: string): UnreadableCell {
    const text = this.cell(column);
    return new UnreadableCell(`${column} ${text ? `"${text.slice(0, 60)}"` : '(empty)'} ${problem}`);
  }
}

/** The time of a date, ms since 1970; undefined if there is no such date. */
function dateIn(text: string): number | undefined {
  const date = DATE.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(date)) return undefined;
  // Date.parse takes September 31 for October 1, and the hour 24 for the next day, instead of rejecting them.
  const local = new Date(`${text.slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}Z`);
  return local.getUTCDate() === Number(text.slice('YYYY-MM-'.length, 'YYYY-MM-DD'.length)) ? date : undefined;
}
