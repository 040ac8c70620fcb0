import type { CheckContext } from '../checks/check';
import type { AccountChanges } from '../core/changes';
import { Evaluation, type Finding } from '../core/evaluate';
import type { Exemptions } from '../core/exemptions';
import type { ManifestAccount } from '../core/manifest';
import {
  type AccountWithoutReport,
  type CollectedAccount,
  type ReconciledAccount,
  identityOf,
  reportMissing,
} from '../core/reconcile';
import { snapshotLine, snapshotOf } from '../core/snapshot';
import { type CredentialReport, InvalidReport, readReport } from '../credential-report/credential-report';
import { ROOT_USER, timesOf } from '../credential-report/credential-row';
import type { ObjectUpload } from '../shared/aws/object-upload';
import type { Comparison } from './comparison';
import type { OrganizationTables } from './output/tables';
import { Samples } from './samples';

export interface AccountReviewProps {
  /** Start of the run, ms since 1970. */
  startedAt: number;
  checkContext: CheckContext;
  exemptions: Exemptions;
  /** Compares with the previous run, if there is one. */
  comparison: Comparison | undefined;
  tables: OrganizationTables;
  snapshot: ObjectUpload;
}

/** Reviews the accounts one at a time, in the order of their IDs, and keeps only counts and samples. */
export class AccountReview {
  readonly accounts: ManifestAccount[] = [];
  readonly samples = new Samples();
  readonly evaluation: Evaluation;
  readonly unknownColumns = new Set<string>();
  /** Users and root users with a finding that is not exempt. */
  principalsWithFindings = 0;

  constructor(private readonly props: AccountReviewProps) {
    this.evaluation = new Evaluation(props.checkContext, props.exemptions);
  }

  /**
   * @param content - the report; undefined if it is not in the bucket
   */
  async add(account: ReconciledAccount, content: Uint8Array | undefined): Promise<void> {
    await this.tellRemovedAccounts(account.id);
    if (account.outcome !== 'collected') await this.addWithoutReport(account);
    else if (!content) await this.addWithoutReport(reportMissing(account, account.collectedAt));
    else {
      const report = this.read(account, content);
      if (report instanceof InvalidReport) await this.addWithoutReport(invalid(account, report));
      else await this.addReport(account, report);
    }
  }

  /** Call it after the last account. */
  async end(): Promise<void> {
    await this.tellRemovedAccounts();
  }

  /** Accounts that left the organization, up to the next account of the ledger. */
  private async tellRemovedAccounts(next?: string): Promise<void> {
    const { comparison, tables } = this.props;
    if (!comparison) return;
    for await (const removed of comparison.removedBefore(next)) {
      await tables.appendRemoved(removed);
      for (const user of removed.users)
        this.samples.usersOfRemovedAccounts.add('', { account: removed.account, user });
    }
  }

  private read(account: CollectedAccount, content: Uint8Array): CredentialReport | InvalidReport {
    try {
      return readReport(content, account.id, timesOf(account, this.props.startedAt));
    } catch (error) {
      if (error instanceof InvalidReport) return error;
      throw error;
    }
  }

  /**
   * An account that failed or is skipped keeps its snapshot, so that its findings are neither resolved now nor new when it
   * has a report again.
   */
  private async addWithoutReport(account: AccountWithoutReport): Promise<void> {
    this.accounts.push(account);
    const kept = await this.props.comparison?.kept(account.id);
    if (kept) await this.props.snapshot.write(snapshotLine(kept));
  }

  private async addReport(account: CollectedAccount, report: CredentialReport): Promise<void> {
    const { comparison, snapshot, tables } = this.props;
    const findings = this.evaluation.findings(account.id, report);
    // Every account has a root user, even if its report has no row for it.
    const users = [ROOT_USER, ...report.users.map(({ user }) => user)];
    const after = snapshotOf(account.id, users, findings);
    const changes = await comparison?.changesOf(after);

    await snapshot.write(snapshotLine(after));
    await tables.append({ account, generatedAt: account.generatedAt, report, findings, changes });
    this.sample(account, findings, changes);
    for (const column of report.unknownColumns) this.unknownColumns.add(column);
    const open = findings.filter(({ exemption }) => !exemption);
    this.principalsWithFindings += new Set(open.map(({ user }) => user)).size;
    this.accounts.push(manifestAccount(account, report, open.length));
  }

  private sample(account: ReconciledAccount, findings: Finding[], changes: AccountChanges | undefined): void {
    const { findings: byStatus, resolved, usersAdded, usersRemoved } = this.samples;
    const isNew = new Set(changes?.newFindings.map(({ user, check }) => `${user} ${check}`));
    for (const finding of findings) {
      const { check, exemption, user } = finding;
      const status = exemption ? 'exempt' : isNew.has(`${user} ${check.id}`) ? 'new' : 'open';
      byStatus[status].add(check.id, { ...finding, account, status });
    }
    for (const { user, check } of changes?.resolvedFindings ?? [])
      resolved.add(check, { account, user, check });
    for (const user of changes?.usersAdded ?? []) usersAdded.add('', { account, user });
    for (const user of changes?.usersRemoved ?? []) usersRemoved.add('', { account, user });
  }
}

function invalid(account: CollectedAccount, { message }: InvalidReport): AccountWithoutReport {
  return { ...identityOf(account), outcome: 'failed', reason: 'report-invalid', detail: message };
}

function manifestAccount(
  account: CollectedAccount,
  { users }: CredentialReport,
  findings: number,
): ManifestAccount {
  const { generatedAt, collectedAt } = account;
  const age = Math.floor((Date.parse(collectedAt) - Date.parse(generatedAt)) / 60_000);
  return {
    ...account,
    generatedAt: generatedAt || null,
    ageMinutes: Number.isNaN(age) ? null : age,
    users: users.length,
    findings,
  };
}
