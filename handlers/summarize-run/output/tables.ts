import type { AccountChanges } from '../../core/changes';
import { type OrganizationFile, keys } from '../../shared/bucket-layout';
import type { AccountIdentity } from '../../core/reconcile';
import type { CredentialReport } from '../../credential-report/credential-report';
import { type Cell, csvLine } from './csv-line';
import type { Finding } from '../../core/evaluate';
import type { Changes } from '../../core/manifest';
import { jsonLine } from './json-line';
import type { ObjectUpload } from '../../shared/aws/object-upload';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { type TableName, tableColumns, tableNames } from '../../shared/table-columns';

/** One account, as the tables show it. */
export interface TableEntry {
  account: AccountIdentity;
  generatedAt: string;
  report: CredentialReport;
  findings: readonly Finding[];
  /** Undefined if there is no previous run. */
  changes: AccountChanges | undefined;
}

/** The tables of the organization, written one account at a time. They appear in the bucket when they are complete. */
export class OrganizationTables {
  private readonly uploads: Record<TableName, ObjectUpload>;
  /** The findings once more, with types, for readers that would guess them. */
  private readonly typedFindings: ObjectUpload;

  constructor(
    private readonly bucket: ReportBucket,
    private readonly date: string,
  ) {
    const upload = (file: OrganizationFile) =>
      bucket.upload(keys.organization(date, file), 'text/csv; charset=utf-8');
    this.uploads = {
      credentials: upload('credentials.csv'),
      findings: upload('findings.csv'),
      changes: upload('changes.csv'),
    };
    this.typedFindings = bucket.upload(keys.organization(date, 'findings.jsonl'), 'application/jsonl');
  }

  async begin(): Promise<void> {
    for (const name of tableNames) await this.uploads[name].write(csvLine(tableColumns[name]));
  }

  async append(entry: TableEntry): Promise<void> {
    await this.uploads.credentials.write(credentialLines(entry));
    const findings = findingRows(entry);
    await this.uploads.findings.write(findings.map(csvLine).join(''));
    await this.typedFindings.write(findings.map((row) => jsonLine(tableColumns.findings, row)).join(''));
    await this.uploads.changes.write(changeLines(entry));
  }

  async complete(changes: Changes | null): Promise<void> {
    const accounts = [
      ...(changes?.accountsAdded ?? []).map((account) => ['account-added', account] as const),
      ...(changes?.accountsRemoved ?? []).map((account) => ['account-removed', account] as const),
    ];
    const lines = accounts.map(([change, { id, name, why }]) => csvLine([change, id, name, '', '', why]));
    await this.uploads.changes.write(lines.join(''));
    await this.typedFindings.complete();
    for (const name of tableNames) {
      await this.uploads[name].complete();
      // Athena reads all objects of a folder as one table, so each table has its own folder, with a file that names its
      // object
      // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-athena-query.html).
      const table = this.bucket.url(keys.organization(this.date, `${name}.csv`));
      await this.bucket.put(keys.partition(name, this.date), `${table}\n`, { ContentType: 'text/plain' });
    }
  }

  async abort(): Promise<void> {
    const uploads = [...Object.values(this.uploads), this.typedFindings];
    await Promise.allSettled(uploads.map((upload) => upload.abort()));
  }
}

/** Path of the account's organizational unit, as in `aws:PrincipalOrgPaths`. */
const unitPath = ({ id, path = '' }: AccountIdentity) =>
  path.endsWith(`/${id}/`) ? path.slice(0, -`${id}/`.length) : path;

function credentialLines({ account, generatedAt, report: { root, users } }: TableEntry): string {
  const before = [account.id, account.name, unitPath(account), generatedAt];
  const columns = tableColumns.credentials.slice(before.length);
  return [...(root ? [root] : []), ...users]
    .map((row) => csvLine([...before, ...columns.map(row.cell)]))
    .join('');
}

/** Not a number: a reader that guesses types would make 1.1 of `1.10`, which is another control. */
const control = (number: string) => number && `CIS ${number}`;

function findingRows({ account, generatedAt, findings, changes }: TableEntry): Cell[][] {
  const path = unitPath(account);
  const isNew = new Set(changes?.newFindings.map(({ user, check }) => `${user} ${check}`));
  return findings.map(({ user, arn, check, reason, exemption }) => [
    account.id,
    account.name,
    path,
    generatedAt,
    user,
    arn,
    check.id,
    control(check.cis['v3.0']),
    control(check.cis['v5.0']),
    exemption ? 'exempt' : 'fail',
    changes ? isNew.has(`${user} ${check.id}`) : null,
    reason,
    exemption?.reason ?? null,
    exemption?.expires ?? null,
  ]);
}

function changeLines({ account, changes }: TableEntry): string {
  if (!changes) return '';
  const line = (change: string, user: string, check = '') =>
    csvLine([change, account.id, account.name, user, check, '']);
  return [
    ...changes.newFindings.map(({ user, check }) => line('finding-new', user, check)),
    ...changes.resolvedFindings.map(({ user, check }) => line('finding-resolved', user, check)),
    ...changes.usersAdded.map((user) => line('user-added', user)),
    ...changes.usersRemoved.map((user) => line('user-removed', user)),
  ].join('');
}
