import type { AccountChanges } from '../core/changes';
import { ControlResults } from '../core/control-results';
import { elapsedSince } from '../core/elapsed';
import { Evaluation, type Finding } from '../core/evaluate';
import type { Exemptions } from '../core/exemptions';
import { ORGANIZATION } from '../core/judge';
import { KeyAges } from '../core/key-ages';
import type { Evidence, ManifestAccount } from '../core/manifest';
import {
  type AccountIdentity,
  type AccountWithoutReport,
  type CollectedAccount,
  type ReconciledAccount,
  identityOf,
} from '../core/reconcile';
import type { FoundServiceCredentials } from '../core/service-credentials';
import { snapshotLine, snapshotOf } from '../core/snapshot';
import { undecidedOf } from '../core/undecided';
import { InvalidReport } from '../credential-report/credential-report';
import {
  type ReportReview,
  type CollectedReport,
  type Reviewer,
  reviewReport,
} from '../report-review/report-review';
import { ROOT_USER } from '../credential-report/credential-row';
import type { ReviewedCredentials } from '../report-review/reviewed-credentials';
import type { FailureReason } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import type { Comparison } from './comparison';
import type { KeptReport, KeptReports } from './history/kept-reports';
import type { OrganizationTables, TableEntry } from './output/tables';
import type { AccountAndReport } from './read-reports';
import { DataPacker } from './output/page/data/data-packer';
import { OwnerCounts } from './owner-counts';
import { Samples, type ShownFinding } from './samples';
import type { FileUpload } from './written-files';

export interface AccountReviewProps {
  ledger: Pick<Ledger, 'date' | 'execution' | 'startedAt' | 'settings' | 'organization'>;
  reviewer: Reviewer;
  exemptions: Exemptions;
  /** Compares with the last earlier day, if there is one. */
  comparison: Comparison | undefined;
  tables: OrganizationTables;
  snapshot: FileUpload;
  /** The reports that earlier runs of the day collected. */
  kept: KeptReports;
}

/** Reviews the accounts one at a time, in the order of their IDs, and keeps only counts and samples. */
export class AccountReview {
  readonly accounts: ManifestAccount[] = [];
  readonly samples = new Samples();
  /** For the page. */
  readonly packer: DataPacker;
  readonly evaluation: Evaluation;
  readonly controls: ControlResults;
  readonly keyAges = new KeyAges();
  readonly owners = new OwnerCounts();
  private readonly evaluationOfKept: Evaluation;
  readonly unknownColumns = new Set<string>();
  /** Users and root users with a finding that is not exempt. */
  principalsWithFindings = 0;
  /** Findings about the organization that are not exempt. */
  organizationFindings = 0;

  constructor(private readonly props: AccountReviewProps) {
    const { exemptions } = props;
    const { ruleSet } = props.reviewer;
    this.packer = new DataPacker(ruleSet.context.partition);
    this.controls = new ControlResults(ruleSet);
    this.evaluation = new Evaluation(ruleSet, exemptions);
    // What an exemption does in this run is counted without reports of another one.
    this.evaluationOfKept = new Evaluation(ruleSet, { apply: exemptions.find.bind(exemptions) });
  }

  async add({ account, found, serviceCredentials: list, kept }: AccountAndReport): Promise<void> {
    await this.tellRemovedAccounts(account.id);
    if (account.outcome !== 'collected' || !found) await this.addWithoutReport(account, kept);
    else if ('reason' in found)
      await this.addWithoutReport(failure(account, found.reason, found.detail), kept);
    else {
      const review = 'review' in found ? found.review : this.review(reportOf(account, found.content, list));
      if (!(review instanceof InvalidReport)) await this.addCollected(account, review, found.evidence, list);
      else {
        const invalid = failure(account, 'report-invalid', review.message);
        await this.addWithoutReport(invalid, await this.props.kept.of(account.id));
      }
    }
  }

  /**
   * Reviews the organization, whose ID comes after those of all accounts. Call it after the last account.
   * @param id - of the organization
   */
  async end(id: string): Promise<void> {
    await this.tellRemovedAccounts(id);
    const { execution, organization } = this.props.ledger;
    const { findings, controlResults } = this.evaluation.organization(id, organization);
    this.controls.add(id, controlResults, 'organization');
    this.organizationFindings = findings.filter(({ exemption }) => !exemption).length;
    const account = { id, name: '' };
    await this.addEntry({ account, rows: [], findings, generatedAt: '', execution }, [ORGANIZATION]);
    await this.tellRemovedAccounts();
  }

  /** Accounts that left the organization, up to the next account of the ledger. */
  private async tellRemovedAccounts(next?: string): Promise<void> {
    const { comparison, tables } = this.props;
    if (!comparison) return;
    for await (const removed of comparison.removedBefore(next)) {
      await tables.appendRemoved(removed);
      for (const user of removed.users)
        this.samples.usersOfRemovedAccounts.add('', () => ({ account: removed.account, user }));
    }
  }

  private review(report: CollectedReport): ReportReview | InvalidReport {
    try {
      return reviewReport(this.props.reviewer, report);
    } catch (error) {
      if (error instanceof InvalidReport) return error;
      throw error;
    }
  }

  /**
   * An account that failed and has a report of an earlier run of the day keeps that in the tables and on the page, but
   * counts as failed. Without one, its snapshot is kept, as it is for skipped accounts, so that its findings are neither
   * resolved now nor new when it has a report again.
   */
  private async addWithoutReport(account: ReconciledAccount, kept?: KeptReport): Promise<void> {
    if (account.outcome === 'collected') throw new TypeError(`${account.id} is collected`);
    if (account.outcome === 'failed') this.controls.add(account.id, undefined);
    const { comparison, snapshot } = this.props;
    const review = kept && this.review({ id: account.id, ...this.reportOf(kept) });
    if (account.outcome === 'failed' && kept && review && !(review instanceof InvalidReport)) {
      const { execution } = kept.from;
      const { findings } = this.evaluationOfKept.account(account, review);
      await this.addReport(account, review, { findings, generatedAt: kept.generatedAt ?? '', execution });
      this.accounts.push({ ...account, keptFrom: kept.from });
      this.props.exemptions.tell(account, false);
      return;
    }
    this.accounts.push(account);
    if (account.outcome === 'failed') this.props.exemptions.tell(account, false);
    const line = await comparison?.kept(account.id);
    if (line) await snapshot.write(snapshotLine(line));
  }

  /** @param list - the service-specific credentials, if the run lists them */
  private async addCollected(
    account: CollectedAccount,
    review: ReportReview,
    evidence: Evidence,
    list: AccountAndReport['serviceCredentials'],
  ): Promise<void> {
    this.props.exemptions.tell(account, true);
    const { findings, controlResults } = this.evaluation.account(account, review);
    this.controls.add(account.id, controlResults);
    this.keyAges.add(review.keyAges);
    const { generatedAt } = account;
    const { execution } = this.props.ledger;
    await this.addReport(account, review, { findings, generatedAt, execution });
    for (const column of review.unknownColumns) this.unknownColumns.add(column);
    const open = findings.filter(({ exemption }) => !exemption);
    this.principalsWithFindings += new Set(open.map(({ user }) => user)).size;
    this.owners.addOpen(account, open);
    this.accounts.push(manifestAccount(account, evidence, review, list, open.length));
  }

  /** @param about - `execution`: the run that collected the report */
  private async addReport(
    account: AccountIdentity,
    { rows, serviceCredentials }: ReportReview,
    about: Pick<TableEntry, 'findings' | 'generatedAt' | 'execution'>,
  ): Promise<void> {
    // Every account has a root user, even if its report has no row for it. Who was created after the report was generated
    // can have credentials.
    const all = [ROOT_USER, ...rows.map(({ user }) => user), ...about.findings.map(({ user }) => user)];
    const changes = await this.addEntry({ account, rows, serviceCredentials, ...about }, all);
    if (changes) this.owners.addChanges(account, changes);
  }

  /** @returns what changed, if that is known */
  private async addEntry(
    entry: Omit<TableEntry, 'changes'>,
    users: readonly string[],
  ): Promise<AccountChanges | undefined> {
    const { comparison, snapshot, tables } = this.props;
    const { account, findings } = entry;
    const after = snapshotOf(account.id, users, findings);
    const compared = await comparison?.compared(after, undecidedOf(findings));
    const changes = compared?.changes;
    await snapshot.write(snapshotLine(compared?.snapshot ?? after));
    await tables.append({ ...entry, changes });
    const isNew = new Set(changes?.newFindings.map(({ user, key }) => `${user} ${key}`));
    const statusOf = ({ exemption, user, key }: Finding) =>
      exemption ? 'exempt' : isNew.has(`${user} ${key}`) ? 'new' : 'open';
    this.packer.add({ ...entry, statusOf });
    this.sample(account, findings, changes, statusOf);
    return changes;
  }

  private reportOf({ content, collectedAt, generatedAt, serviceCredentials }: KeptReport) {
    const listed = this.ofRun(serviceCredentials);
    return { content, collectedAt, generatedAt: generatedAt ?? '', serviceCredentials: listed };
  }

  /** What an earlier run of the day listed, if this run lists it too. */
  private ofRun(earlier: FoundServiceCredentials | undefined): FoundServiceCredentials | undefined {
    if (!this.props.ledger.settings.serviceCredentials) return undefined;
    return earlier ?? { reason: 'not-listed', detail: 'The earlier run of the day did not list them.' };
  }

  private sample(
    account: AccountIdentity,
    findings: readonly Finding[],
    changes: AccountChanges | undefined,
    statusOf: (finding: Finding) => ShownFinding['status'],
  ): void {
    const { findings: byStatus, resolved, usersAdded, usersRemoved } = this.samples;
    for (const finding of findings) {
      const status = statusOf(finding);
      byStatus[status].add(finding.check.id, () => ({ ...finding, account, status }));
    }
    for (const { user, check, credential } of changes?.resolvedFindings ?? [])
      resolved.add(check, () => ({ account, user, check, credential }));
    for (const user of changes?.usersAdded ?? []) usersAdded.add('', () => ({ account, user }));
    for (const user of changes?.usersRemoved ?? []) usersRemoved.add('', () => ({ account, user }));
  }
}

/** A report that was read, with the list that was read. */
function reportOf(
  account: CollectedAccount,
  content: Uint8Array,
  list: AccountAndReport['serviceCredentials'],
): CollectedReport {
  const { id, generatedAt, collectedAt } = account;
  if (list && !('reason' in list) && !('credentials' in list))
    throw new TypeError(`the list of ${id} was not read`);
  return { id, generatedAt, collectedAt, content, serviceCredentials: list };
}

function failure(account: CollectedAccount, reason: FailureReason, detail: string): AccountWithoutReport {
  return { ...identityOf(account), outcome: 'failed', reason, detail };
}

function manifestAccount(
  { etag: _etag, review: _review, serviceCredentials: list, ...account }: CollectedAccount,
  evidence: Evidence,
  { rootCredentials, rows, serviceCredentials: reviewed }: ReportReview,
  found: AccountAndReport['serviceCredentials'],
  findings: number,
): ManifestAccount {
  const { generatedAt, collectedAt } = account;
  const age = Math.floor(elapsedSince(generatedAt, Date.parse(collectedAt)) / 60_000);
  return {
    ...account,
    generatedAt: generatedAt || null,
    ageMinutes: Number.isNaN(age) ? null : age,
    evidence,
    rootCredentials,
    users: rows.filter(({ user }) => user !== ROOT_USER).length,
    findings,
    ...(found && { serviceCredentials: manifestList(list, found, reviewed) }),
  };
}

/** The list as the manifest has it. Outcomes of a run that does not list are ignored. */
function manifestList(
  list: CollectedAccount['serviceCredentials'],
  found: NonNullable<AccountAndReport['serviceCredentials']>,
  reviewed: ReviewedCredentials | undefined,
): Extract<ManifestAccount, { outcome: 'collected' }>['serviceCredentials'] {
  if ('reason' in found) return { outcome: 'failed', reason: found.reason, detail: found.detail };
  if (list?.outcome !== 'collected' || !reviewed || 'unknown' in reviewed)
    throw new TypeError('a list was read that no outcome names');
  const { etag: _etag, ...stored } = list;
  return { ...stored, evidence: found.evidence, credentials: reviewed.rows.length };
}
