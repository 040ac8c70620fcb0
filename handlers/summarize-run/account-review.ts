import { type AccountChanges, changesOf } from '../core/changes';
import type { Thresholds } from '../checks/check';
import { type ReconciledAccount, type CollectedAccount, type AccountWithoutReport, missing } from '../core/reconcile';
import { type CredentialReport, InvalidReport, readReport } from '../credential-report/credential-report';
import { ROOT_USER } from '../credential-report/credential-row';
import type { Exemptions } from '../core/exemptions';
import { Evaluation, type Finding } from '../core/evaluate';
import type { ManifestAccount } from '../core/manifest';
import type { ObjectUpload } from '../shared/aws/object-upload';
import type { OrganizationTables } from './output/tables';
import { Samples } from './samples';
import { type EarlierSnapshot, known, snapshotLine } from './history/snapshot';

export interface AccountReviewProps {
  /** Start of the run, ms since 1970. */
  startedAt: number;
  thresholds: Thresholds;
  exemptions: Exemptions;
  earlier: EarlierSnapshot | undefined;
  tables: OrganizationTables;
  snapshot: ObjectUpload;
}

/** Looks at one account after the other, in the order of their ids, and forgets each but for what is counted. */
export class AccountReview {
  readonly accounts: ManifestAccount[] = [];
  readonly samples = new Samples();
  readonly evaluation: Evaluation;
  readonly unknownColumns = new Set<string>();

  constructor(private readonly props: AccountReviewProps) {
    this.evaluation = new Evaluation({ thresholds: props.thresholds }, props.exemptions);
  }

  /**
   * @param content - the report; nothing if it is not in the bucket
   */
  async add(account: ReconciledAccount, content: Uint8Array | undefined): Promise<void> {
    if (account.outcome !== 'collected') await this.without(account);
    else if (!content) await this.without(missing(account, account.collectedAt));
    else {
      const report = this.read(account, content);
      if (report instanceof InvalidReport) await this.without(invalid(account, report));
      else await this.with(account, report);
    }
  }

  private read(account: CollectedAccount, content: Uint8Array): CredentialReport | InvalidReport {
    try {
      return readReport(content, account.id, this.props.startedAt);
    } catch (error) {
      if (error instanceof InvalidReport) return error;
      throw error;
    }
  }

  /** What was known of an account that failed stays known: it is neither resolved nor new at the next report. */
  private async without(account: AccountWithoutReport): Promise<void> {
    this.accounts.push(account);
    const before = account.outcome === 'failed' ? await this.props.earlier?.of(account.id) : undefined;
    if (before) await this.props.snapshot.write(snapshotLine(before));
  }

  private async with(account: CollectedAccount, report: CredentialReport): Promise<void> {
    const { earlier, snapshot, tables } = this.props;
    const findings = this.evaluation.findings(account.id, report);
    const users = [...(report.root ? [ROOT_USER] : []), ...report.users.map(({ user }) => user)];
    const now = known(account.id, users, findings);
    const changes = earlier && changesOf(await earlier.of(account.id), now);

    await snapshot.write(snapshotLine(now));
    await tables.append({ account, generatedAt: account.generatedAt, report, findings, changes });
    this.sample(account, findings, changes);
    for (const column of report.unknownColumns) this.unknownColumns.add(column);
    this.accounts.push(collected(account, report, findings));
  }

  private sample(account: ReconciledAccount, findings: Finding[], changes: AccountChanges | undefined): void {
    const { findings: shown, resolved, usersAdded, usersRemoved } = this.samples;
    const fresh = new Set(changes?.newFindings.map(({ user, check }) => `${user} ${check}`));
    for (const finding of findings) {
      const { check, exemption, user } = finding;
      const status = exemption ? 'exempt' : fresh.has(`${user} ${check.id}`) ? 'new' : 'open';
      shown[status].add(check.id, { ...finding, account, status });
    }
    for (const { user, check } of changes?.resolvedFindings ?? [])
      resolved.add(check, { account, user, check });
    for (const user of changes?.usersAdded ?? []) usersAdded.add('', { account, user });
    for (const user of changes?.usersRemoved ?? []) usersRemoved.add('', { account, user });
  }
}

function invalid(account: ReconciledAccount, { message }: InvalidReport): AccountWithoutReport {
  const { id, name, path } = account;
  return { id, name, ...(path && { path }), outcome: 'failed', reason: 'report-invalid', detail: message };
}

function collected(
  account: CollectedAccount,
  { users }: CredentialReport,
  findings: Finding[],
): ManifestAccount {
  const { generatedAt, collectedAt } = account;
  const age = Math.floor((Date.parse(collectedAt) - Date.parse(generatedAt)) / 60_000);
  return {
    ...account,
    generatedAt: generatedAt || null,
    ageMinutes: Number.isNaN(age) ? null : age,
    users: users.length,
    findings: findings.filter(({ exemption }) => !exemption).length,
  };
}
