import type { AccountChanges } from '../../core/changes';
import type { ControlResults } from '../../core/control-results';
import type { AccountIdentity } from '../../core/reconcile';
import type { CredentialReport } from '../../credential-report/credential-report';
import type { RuleSet } from '../../core/rule-set';
import type { ComparedFinding } from '../../core/snapshot';
import type { RemovedAccount } from '../comparison';
import { type Cell, csvLine } from './csv-line';
import { jsonLine } from './json-line';
import type { Finding } from '../../core/evaluate';
import type { Changes } from '../../core/manifest';
import type { TableFile } from '../../shared/bucket-layout';
import { type TableName, tableColumns, tableNames } from '../../shared/table-columns';
import type { FileUpload, WrittenFiles } from '../written-files';

/** One account, as the tables show it. */
export interface TableEntry {
  account: AccountIdentity;
  generatedAt: string;
  /** Execution that collected the report: another one of the day if the account failed since. */
  execution: string;
  report: CredentialReport;
  findings: readonly Finding[];
  /** Undefined if there is no earlier day to compare with. */
  changes: AccountChanges | undefined;
}

/** What the tables say about the run as a whole. */
export interface TablesProps {
  /** Start of the run, ISO 8601: ages are counted from it. */
  startedAt: string;
  ruleSet: RuleSet;
}

/** The tables of the organization, written one account at a time. They appear in the bucket when they are complete. */
export class OrganizationTables {
  /** Controls of the chosen frameworks by the ID of the check. */
  private readonly controls: ReadonlyMap<string, string>;
  private readonly uploads: Record<TableName, FileUpload>;
  /** The findings once more, with types, for readers that would guess them. */
  private readonly typedFindings: FileUpload;

  constructor(
    files: WrittenFiles,
    private readonly props: TablesProps,
  ) {
    this.controls = new Map(
      props.ruleSet.checks.map(({ check, controls }) => [check.id, controls.join('; ')]),
    );
    const upload = (file: TableFile) => files.upload(file, 'text/csv; charset=utf-8');
    this.uploads = {
      credentials: upload('credentials.csv'),
      findings: upload('findings.csv'),
      changes: upload('changes.csv'),
      controls: upload('controls.csv'),
    };
    this.typedFindings = files.upload('findings.jsonl', 'application/jsonl');
  }

  async begin(): Promise<void> {
    for (const name of tableNames) await this.uploads[name].write(csvLine(tableColumns[name]));
  }

  async append(entry: TableEntry): Promise<void> {
    await this.uploads.credentials.write(credentialLines(entry));
    const findings = findingRows(entry, this.props.startedAt, this.controls);
    await this.uploads.findings.write(findings.map(csvLine).join(''));
    await this.typedFindings.write(findings.map((row) => jsonLine(tableColumns.findings, row)).join(''));
    await this.uploads.changes.write(changeLines(entry));
  }

  /** An account that left the organization, which has no other place in the tables. */
  async appendRemoved({ account: { id, name }, users, findings }: RemovedAccount): Promise<void> {
    const line = (change: string, { user, check, credential }: ComparedFinding) =>
      csvLine([change, id, name, user, check, credential, 'the account has left the organization']);
    const lines = [
      ...findings.map((finding) => line('finding-of-removed-account', finding)),
      ...users.map((user) => line('user-of-removed-account', ofUser(user))),
    ];
    await this.uploads.changes.write(lines.join(''));
  }

  async complete(changes: Changes | null, controls: ControlResults): Promise<void> {
    const accounts = [
      ...(changes?.accountsAdded ?? []).map((account) => ['account-added', account] as const),
      ...(changes?.accountsRemoved ?? []).map((account) => ['account-removed', account] as const),
    ];
    const lines = accounts.map(([change, { id, name, why }]) => csvLine([change, id, name, '', '', '', why]));
    await this.uploads.changes.write(lines.join(''));
    for (const row of controlRows(controls)) await this.uploads.controls.write(csvLine(row));
    for (const upload of this.all()) await upload.complete();
  }

  async abort(): Promise<void> {
    await Promise.allSettled(this.all().map((upload) => upload.abort()));
  }

  private all(): FileUpload[] {
    return [...tableNames.map((name) => this.uploads[name]), this.typedFindings];
  }
}

/** Path of the account's organizational unit, as in `aws:PrincipalOrgPaths`. */
const unitPath = ({ id, path = '' }: AccountIdentity) =>
  path.endsWith(`/${id}/`) ? path.slice(0, -`${id}/`.length) : path;

function credentialLines({ account, generatedAt, execution, report: { root, users } }: TableEntry): string {
  const before = [account.id, account.name, unitPath(account), generatedAt];
  const columns = tableColumns.credentials.slice(before.length, -1);
  return [...(root ? [root] : []), ...users]
    .map((row) => csvLine([...before, ...columns.map(row.cell), execution]))
    .join('');
}

function findingRows(
  { account, generatedAt, execution, findings, changes }: TableEntry,
  startedAt: string,
  controls: ReadonlyMap<string, string>,
): Cell[][] {
  const path = unitPath(account);
  const isNew = newOnes(changes);
  return findings.map((finding) => {
    const { user, arn, check, severity, result, reason, credential, exemption } = finding;
    return [
      account.id,
      account.name,
      path,
      generatedAt,
      user,
      arn,
      check.id,
      severity,
      controls.get(check.id) || null,
      exemption ? 'exempt' : result,
      isNew ? isNew(finding) : null,
      reason,
      credential?.kind ?? null,
      credential?.id || null,
      credential?.ageDays ?? null,
      credential?.createdAt || null,
      credential?.lastUsedAt || null,
      credential?.lastUsedRegion || null,
      credential?.lastUsedService || null,
      exemption?.reason ?? null,
      exemption?.expires ?? null,
      startedAt,
      execution,
    ];
  });
}

/** Tells whether a finding is new; undefined if there is no earlier day to compare with. */
function newOnes(changes: AccountChanges | undefined): ((finding: Finding) => boolean) | undefined {
  if (!changes) return undefined;
  const known = new Set(changes.newFindings.map(({ user, key }) => `${user} ${key}`));
  return ({ user, key }) => known.has(`${user} ${key}`);
}

function changeLines({ account, changes }: TableEntry): string {
  if (!changes) return '';
  const line = (change: string, { user, check, credential }: ComparedFinding) =>
    csvLine([change, account.id, account.name, user, check, credential, '']);
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
      control.status,
      control.met,
      control.exempt,
      control.notMet,
      control.undecided,
      control.notMetAccounts.join(' '),
      control.undecidedAccounts.join(' '),
    ]),
  );
