import type { AccountChanges } from '../../core/changes';
import type { ControlResults } from '../../core/control-results';
import type { AccountIdentity } from '../../core/reconcile';
import type { RuleSet } from '../../core/rule-set';
import type { ComparedFinding } from '../../core/snapshot';
import type { RemovedAccount } from '../comparison';
import type { ReviewedRow } from '../../report-review/report-review';
import type { ReviewedCredentials } from '../../report-review/reviewed-credentials';
import { type Cell, csvCells, csvLine } from '../../shared/csv-line';
import { FindingRows } from './finding-rows';
import type { Finding } from '../../core/evaluate';
import type { Changes } from '../../core/manifest';
import type { TableFile } from '../../shared/bucket-layout';
import { together } from '../../shared/together';
import { type TableName, tableColumns, tableNamesWith } from '../../shared/table-columns';
import type { FileUpload, WrittenFiles } from '../written-files';

/** One account, or the organization, as the tables show it. */
export interface TableEntry {
  account: AccountIdentity;
  /** What its report says, see `report-review.ts`. */
  rows: readonly ReviewedRow[];
  serviceCredentials?: ReviewedCredentials | undefined;
  generatedAt: string;
  /** Execution that collected the report: another one of the day if the account failed since. */
  execution: string;
  findings: readonly Finding[];
  /** Undefined if there is no earlier day to compare with. */
  changes: AccountChanges | undefined;
}

/** What the tables say about the run as a whole. */
export interface TablesProps {
  /** Start of the run, ISO 8601: ages are counted from it. */
  startedAt: string;
  ruleSet: RuleSet;
  /** Whether there is a table of service-specific credentials. */
  serviceCredentials: boolean;
}

/** The tables of the organization, written one account at a time. They appear in the bucket when they are complete. */
export class OrganizationTables {
  private readonly findings: FindingRows;
  private readonly uploads: ReadonlyMap<TableName, FileUpload>;

  constructor(
    files: WrittenFiles,
    private readonly props: TablesProps,
  ) {
    this.findings = new FindingRows(props.ruleSet);
    const upload = (file: TableFile) => files.upload(file, 'text/csv; charset=utf-8');
    this.uploads = new Map(
      tableNamesWith(props.serviceCredentials).map((name) => [name, upload(`${name}.csv`)]),
    );
  }

  async begin(): Promise<void> {
    for (const [name, upload] of this.uploads) await upload.write(csvLine(tableColumns[name]));
  }

  async append(entry: TableEntry): Promise<void> {
    await this.write('credentials', credentialLines(entry));
    const { account, generatedAt, execution, findings, changes } = entry;
    const rows = this.findings.of(findings, changes, {
      before: [account.id, account.name, unitPath(account), generatedAt],
      after: [this.props.startedAt, execution, ...ownership(account)],
    });
    await this.write('findings', rows);
    await this.write('changes', changeLines(entry));
    await this.write('service_credentials', serviceCredentialLines(entry, this.props.startedAt));
  }

  /** Nothing if the run does not have the table. */
  private async write(name: TableName, lines: string): Promise<void> {
    await this.uploads.get(name)?.write(lines);
  }

  /** An account that left the organization, which has no other place in the tables. */
  async appendRemoved({ account: { id, name }, users, findings }: RemovedAccount): Promise<void> {
    const line = (change: string, { user, check, credential }: ComparedFinding) =>
      csvLine([change, id, name, user, check, credential, 'the account has left the organization', null]);
    const lines = [
      ...findings.map((finding) => line('finding-of-removed-account', finding)),
      ...users.map((user) => line('user-of-removed-account', ofUser(user))),
    ];
    await this.write('changes', lines.join(''));
  }

  async complete(changes: Changes | null, controls: ControlResults): Promise<void> {
    const accounts = [
      ...(changes?.accountsAdded ?? []).map((account) => ['account-added', account] as const),
      ...(changes?.accountsRemoved ?? []).map((account) => ['account-removed', account] as const),
    ];
    const lines = accounts.map(([change, { id, name, why }]) =>
      csvLine([change, id, name, '', '', '', why, null]),
    );
    await this.write('changes', lines.join(''));
    for (const row of controlRows(controls)) await this.write('controls', csvLine(row));
    await together(this.all().map((upload) => upload.complete()));
  }

  async abort(): Promise<void> {
    await Promise.allSettled(this.all().map((upload) => upload.abort()));
  }

  private all(): FileUpload[] {
    return [...this.uploads.values()];
  }
}

/** Path of the account's organizational unit, as in `aws:PrincipalOrgPaths`. */
const unitPath = ({ id, path = '' }: AccountIdentity) =>
  path.endsWith(`/${id}/`) ? path.slice(0, -`${id}/`.length) : path;

/** The last columns of the tables of accounts. */
const ownership = ({ owner, unitNames }: AccountIdentity): Cell[] => [
  owner?.name ?? null,
  orNothing(unitNames),
];

const credentialLines = ({ account, generatedAt, execution, rows }: TableEntry): string =>
  linesOf(
    [account.id, account.name, unitPath(account), generatedAt],
    rows.map(({ user, arn, cells }) => `${csvCells([user, arn])},${cells}`),
    [execution, ...ownership(account)],
  );

function serviceCredentialLines(
  { account, execution, serviceCredentials: reviewed }: TableEntry,
  startedAt: string,
): string {
  if (!reviewed) return '';
  const rows = 'unknown' in reviewed ? [UNKNOWN_CREDENTIALS] : reviewed.rows;
  const before = [account.id, account.name, unitPath(account)];
  return linesOf(before, rows, [startedAt, execution, ...ownership(account)]);
}

const nothing = Array.from({ length: 4 }, () => null);
/** The cells of an account whose service-specific credentials nobody knows. */
const UNKNOWN_CREDENTIALS = csvCells([...nothing, 'unknown', ...nothing]);

/** @param rows - what stands between the cells that all rows have in common */
function linesOf(before: readonly Cell[], rows: readonly string[], after: readonly Cell[]): string {
  if (rows.length === 0) return '';
  const [start, end] = [csvCells(before), csvLine(after)];
  return rows.map((row) => `${start},${row},${end}`).join('');
}

const orNothing = (text = '') => (text === '' ? null : text);

function changeLines({ account, changes }: TableEntry): string {
  if (!changes) return '';
  const line = (change: string, { user, check, credential }: ComparedFinding) =>
    csvLine([change, account.id, account.name, user, check, credential, '', account.owner?.name ?? null]);
  const findings = [
    ['finding-new', changes.newFindings],
    ['finding-appeared-by-rule', changes.appearedFindings],
    ['finding-resolved', changes.resolvedFindings],
    ['finding-disappeared-by-rule', changes.disappearedFindings],
    ['finding-exempted', changes.exemptedFindings],
    ['exempt-finding-resolved', changes.resolvedExemptFindings],
  ] as const;
  return [
    ...findings.flatMap(([change, list]) => list.map((finding) => line(change, finding))),
    ...changes.usersAdded.map((user) => line('user-added', ofUser(user))),
    ...changes.usersRemoved.map((user) => line('user-removed', ofUser(user))),
  ].join('');
}

/** A row that is about a user as a whole. */
const ofUser = (user: string): ComparedFinding => ({ user, check: '', credential: '', key: '' });

const controlRows = (results: ControlResults): Cell[][] =>
  results.all.flatMap(({ framework, controls }) =>
    controls.map((control) => [
      framework.label,
      // Not a number: a reader that guesses types would make 1.1 of `1.10`, which is another control.
      `${framework.label} ${control.id}`,
      control.checks.join('; '),
      control.partial,
      control.status,
      control.met,
      control.exempt,
      control.notMet,
      control.undecided,
      control.notMetAccounts.join(' '),
      control.undecidedAccounts.join(' '),
    ]),
  );
