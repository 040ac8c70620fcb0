import { gzipSync } from 'fflate';
import { checks } from '../../../../checks';
import { severities } from '../../../../checks/check';
import type { Finding } from '../../../../core/evaluate';
import type { ManifestAccount, RunContent } from '../../../../core/manifest';
import { ADDITIONAL_COLUMN, REPORT_COLUMNS } from '../../../../credential-report/report-columns';
import { csvRecords } from '../../../../shared/csv-records';
import { free } from '../../../../shared/free';
import { GrowingBytes } from '../../../../shared/growing-bytes';
import type { ReviewedRow } from '../../../../report-review/report-review';
import { acceptance } from '../../exemption-text';
import { keptText } from '../../kept-text';
import {
  ACCOUNT_COLUMNS,
  ACCOUNT_ID,
  FINDING_COLUMNS,
  ORGANIZATION,
  type PackedHeader,
  type PageCheck,
  type PageFinding,
  STATUS_LETTERS,
  UNKNOWN_LETTER,
  USER_COLUMNS,
  shortArn,
} from './page-data';
import { COLUMN_END, Columns, clean, packTime, splitReason } from './packed';

/** Those after `user` and `arn`, as the rows of a review have them. */
const CELLS = [...REPORT_COLUMNS.slice(2), ADDITIONAL_COLUMN];

/** Most findings that the page has. With their users they take some 3 MB of it, if each user has two. */
const MAX_FINDINGS = 120_000;
/** Users whose findings are left out together. */
const CHUNK = 1_000;

/** What the packer takes of an account, or of the organization. */
export interface PackedEntry {
  readonly account: { readonly id: string };
  readonly rows: readonly ReviewedRow[];
  readonly findings: readonly Finding[];
  readonly statusOf: (finding: Finding) => PageFinding['status'];
}

const remedies: ReadonlyMap<string, string> = new Map(checks.map(({ id, remedy }) => [id, remedy]));

const rankOf = ({ severity }: Pick<Finding, 'severity'>) => severities.indexOf(severity);

/** Some users with their findings. */
interface Chunk {
  readonly users: Columns;
  readonly findings: Columns;
}

const USER_WIDTH = USER_COLUMNS.length + CELLS.length;
const FINDING_WIDTH = FINDING_COLUMNS.length;

/**
 * Packs what the script of the page shows: all accounts, and all users with findings, with their cells. A run can have more findings
 * than fit on a page: then the users with the worst findings have a place, and of those with equal ones the first accounts.
 */
export class DataPacker {
  private readonly checks = new Numbering();
  private readonly patterns = new Numbering();
  private readonly acceptances = new Numbering();
  private readonly accounts = new Numbering();
  /** By the worst severity of a user. */
  private readonly chunks: readonly Chunk[][] = severities.map(() => []);
  private kept = 0;
  private total = 0;
  /** Users of this rank or a higher one have been left out: no later one of them is taken. */
  private closed: number = severities.length;

  /** @param partition - `aws`, `aws-cn` or `aws-us-gov` */
  constructor(
    private readonly partition: string,
    private readonly maxFindings = MAX_FINDINGS,
  ) {}

  add({ account, rows, findings, statusOf }: PackedEntry): void {
    this.total += findings.length;
    // The worst comes first.
    const [worstOfAll] = findings;
    if (!worstOfAll || rankOf(worstOfAll) >= this.closed) return;
    const rowOf = new Map(rows.map((row) => [row.user, row]));
    for (const [user, ofUser] of Map.groupBy(findings, ({ user }) => user)) {
      const worst = Math.min(...ofUser.map(rankOf));
      if (!this.hasRoom(ofUser.length, worst)) continue;
      const { users, findings: columns } = this.chunkFor(worst);
      users.add(this.userValues(account.id, user, rowOf.get(user), ofUser));
      for (const finding of ofUser) columns.add(this.findingValues(finding, statusOf(finding)));
      this.kept += ofUser.length;
    }
  }

  /** Makes room by leaving out users with less bad findings. */
  private hasRoom(wanted: number, worst: number): boolean {
    for (let rank = severities.length - 1; rank > worst && this.kept + wanted > this.maxFindings;) {
      const left = this.chunks[rank]?.pop();
      if (left) {
        this.kept -= left.findings.length;
        this.closed = Math.min(this.closed, rank);
      } else rank--;
    }
    if (this.kept + wanted > this.maxFindings) this.closed = Math.min(this.closed, worst);
    return worst < this.closed;
  }

  private userValues(
    account: string,
    name: string,
    row: ReviewedRow | undefined,
    findings: readonly Finding[],
  ): string[] {
    const arn = row?.arn ?? findings[0]?.arn ?? '';
    const short = shortArn(arn, { partition: this.partition, account, name });
    // The cells of a review have no control characters.
    const [cells = []] = row ? csvRecords([row.cells]) : [];
    return [
      this.accounts.of(account),
      clean(name),
      clean(short),
      String(findings.length),
      ...cells.map(packTime),
    ];
  }

  private chunkFor(rank: number): Chunk {
    const chunks = this.chunks[rank] ?? [];
    const last = chunks.at(-1);
    if (last && last.users.length < CHUNK) return last;
    const chunk = { users: new Columns(USER_WIDTH), findings: new Columns(FINDING_WIDTH) };
    chunks.push(chunk);
    return chunk;
  }

  private findingValues(
    { check, result, reason, exemption }: Finding,
    status: PageFinding['status'],
  ): string[] {
    const { pattern, numbers } = splitReason(reason);
    return [
      this.checks.of(check.id),
      STATUS_LETTERS[status] + (result === 'unknown' ? UNKNOWN_LETTER : ''),
      exemption ? this.acceptances.of(acceptance(exemption)) : '',
      this.patterns.of(pattern),
      numbers,
    ];
  }

  /**
   * The data, compressed, as text of Base64. The same run gives the same text: the compression is pinned.
   * @param console - see {@link PackedHeader.console}
   */
  packed(content: RunContent, console?: string): string {
    const { environment, date, accounts, checks } = content;
    const header: PackedHeader = {
      partition: this.partition,
      ...(console !== undefined && { console }),
      cells: CELLS,
      checks: this.checksIn(checks),
      patterns: this.patterns.values,
      acceptances: this.acceptances.values,
      total: this.total,
      name: `${environment} ${date}`,
    };
    const accountColumns = new Columns(ACCOUNT_COLUMNS.length);
    for (const values of this.accountRows(accounts)) accountColumns.add(values.map(clean));
    const chunks = this.chunks.flat();
    const bytes = new GrowingBytes();
    bytes.write(JSON.stringify(header));
    writeColumns(bytes, ACCOUNT_COLUMNS.length, [accountColumns]);
    writeColumns(
      bytes,
      USER_WIDTH,
      chunks.map(({ users }) => users),
    );
    writeColumns(
      bytes,
      FINDING_WIDTH,
      chunks.map(({ findings }) => findings),
    );
    // Higher levels take half as long again, and make it 7 % smaller.
    const compressed = gzipSync(bytes.bytes, { level: 1, mtime: 0 });
    free(bytes.bytes);
    return Buffer.from(compressed).toString('base64');
  }

  /** The checks with findings as they are numbered, then the others. */
  private checksIn(checks: RunContent['checks']): PageCheck[] {
    const others = new Map(checks.map((check) => [check.id, check]));
    const numbered = this.checks.values.map((id) => {
      const check = others.get(id);
      if (!check) throw new TypeError(`there are findings of ${id}, which is no check of the run`);
      others.delete(id);
      return check;
    });
    return [...numbered, ...others.values()].map(({ id, severity, title, controls }) => ({
      ...{ id, severity, title, controls },
      remedy: remedies.get(id) ?? '',
    }));
  }

  /** The values of the accounts with findings as they are numbered, then of the others. */
  private accountRows(accounts: readonly ManifestAccount[]): string[][] {
    const byId = new Map(accounts.map((account) => [account.id, account]));
    const numbered = this.accounts.values.map((id) => {
      const account = byId.get(id);
      byId.delete(id);
      return account ? accountValues(account) : [id, '', '', '', ORGANIZATION];
    });
    return [...numbered, ...[...byId.values()].map(accountValues)];
  }
}

function writeColumns(bytes: GrowingBytes, width: number, parts: readonly Columns[]): void {
  for (let index = 0; index < width; index++) {
    bytes.write(COLUMN_END);
    for (const columns of parts) bytes.write(columns.column(index));
  }
}

function accountValues(account: ManifestAccount): string[] {
  const { id, name, unitNames, path = '', owner, outcome } = account;
  const unit = unitNames ?? path.replace(`/${id}/`, '');
  const counts = outcome === 'collected' ? [account.users, account.findings] : [];
  return [
    id,
    name,
    unit,
    owner?.name ?? '',
    outcome,
    aboutOf(account).replaceAll(id, ACCOUNT_ID),
    ...counts.map(String),
  ];
}

function aboutOf(account: ManifestAccount): string {
  if (account.outcome === 'collected') return account.key;
  if (account.outcome === 'skipped') return account.state;
  const { reason, keptFrom } = account;
  return keptFrom ? `${reason}; ${keptText(keptFrom)}` : reason;
}

/** Numbers different texts in the order in which they come. */
class Numbering {
  private readonly numbers = new Map<string, string>();

  of(text: string): string {
    const number = this.numbers.get(text) ?? String(this.numbers.size);
    this.numbers.set(text, number);
    return number;
  }

  get values(): string[] {
    return [...this.numbers.keys()];
  }
}
