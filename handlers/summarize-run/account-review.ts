import { type RootCredentialsState, rootCredentialsIn } from '../checks/root-user';
import type { AccountChanges } from '../core/changes';
import { ControlResults } from '../core/control-results';
import { elapsedSince } from '../core/elapsed';
import { Evaluation, type Finding, NO_REPORT, ORGANIZATION } from '../core/evaluate';
import type { Exemptions } from '../core/exemptions';
import { KeyAges } from '../core/key-ages';
import type { Evidence, ManifestAccount } from '../core/manifest';
import {
  type AccountIdentity,
  type AccountWithoutReport,
  type CollectedAccount,
  type ReconciledAccount,
  identityOf,
} from '../core/reconcile';
import type { RuleSet } from '../core/rule-set';
import type { AccountContent, FoundServiceCredentials } from '../core/service-credentials';
import { snapshotLine, snapshotOf } from '../core/snapshot';
import { undecidedOf } from '../core/undecided';
import { type CredentialReport, InvalidReport, readReport } from '../credential-report/credential-report';
import { ROOT_USER, timesOf } from '../credential-report/credential-row';
import type { FailureReason } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import type { Comparison } from './comparison';
import type { KeptReport, KeptReports } from './history/kept-reports';
import type { OrganizationTables, TableEntry } from './output/tables';
import type { AccountAndReport } from './read-reports';
import { Samples } from './samples';
import type { FileUpload } from './written-files';

export interface AccountReviewProps {
  ledger: Pick<Ledger, 'date' | 'execution' | 'startedAt' | 'settings' | 'organization'>;
  ruleSet: RuleSet;
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
  readonly evaluation: Evaluation;
  readonly controls: ControlResults;
  readonly keyAges = new KeyAges();
  private readonly evaluationOfKept: Evaluation;
  readonly unknownColumns = new Set<string>();
  /** Users and root users with a finding that is not exempt. */
  principalsWithFindings = 0;
  /** Findings about the organization that are not exempt. */
  organizationFindings = 0;

  constructor(private readonly props: AccountReviewProps) {
    const { ruleSet, exemptions } = props;
    this.controls = new ControlResults(ruleSet);
    this.evaluation = new Evaluation(ruleSet, exemptions);
    // What an exemption does in this run is counted without reports of another one.
    this.evaluationOfKept = new Evaluation(ruleSet, { apply: exemptions.find.bind(exemptions) });
  }

  async add({ account, found, serviceCredentials, kept }: AccountAndReport): Promise<void> {
    await this.tellRemovedAccounts(account.id);
    if (account.outcome !== 'collected' || !found) await this.addWithoutReport(account, kept);
    else if ('reason' in found)
      await this.addWithoutReport(failure(account, found.reason, found.detail), kept);
    else {
      const report = this.read(account, found.content);
      if (!(report instanceof InvalidReport))
        await this.addCollected(account, found.evidence, { report, serviceCredentials });
      else {
        const invalid = failure(account, 'report-invalid', report.message);
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
    const content = { report: NO_REPORT, serviceCredentials: undefined };
    await this.addEntry({ account, ...content, findings, generatedAt: '', execution }, [ORGANIZATION]);
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

  private read(
    { id, ...times }: { id: string; generatedAt: string; collectedAt: string },
    content: Uint8Array,
  ): CredentialReport | InvalidReport {
    try {
      return readReport(content, id, timesOf(times, Date.parse(this.props.ledger.startedAt)));
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
    const generatedAt = kept?.generatedAt ?? '';
    const report = kept && this.read({ id: account.id, ...kept, generatedAt }, kept.content);
    if (account.outcome === 'failed' && kept && report && !(report instanceof InvalidReport)) {
      const { execution } = kept.from;
      const content = { report, serviceCredentials: this.ofRun(kept.serviceCredentials) };
      const { findings } = this.evaluationOfKept.account(account, content.report, this.othersOf(content));
      await this.addReport(account, content, { findings, generatedAt, execution });
      this.accounts.push({ ...account, keptFrom: kept.from });
      this.props.exemptions.tell(account, false);
      return;
    }
    this.accounts.push(account);
    if (account.outcome === 'failed') this.props.exemptions.tell(account, false);
    const line = await comparison?.kept(account.id);
    if (line) await snapshot.write(snapshotLine(line));
  }

  private async addCollected(
    account: CollectedAccount,
    evidence: Evidence,
    content: AccountContent,
  ): Promise<void> {
    this.props.exemptions.tell(account, true);
    const { report } = content;
    const { findings, controlResults } = this.evaluation.account(
      account,
      content.report,
      this.othersOf(content),
    );
    this.controls.add(account.id, controlResults);
    this.keyAges.add(report.users);
    const { generatedAt } = account;
    await this.addReport(account, content, {
      findings,
      generatedAt,
      execution: this.props.ledger.execution,
    });
    for (const column of report.unknownColumns) this.unknownColumns.add(column);
    const open = findings.filter(({ exemption }) => !exemption);
    this.principalsWithFindings += new Set(open.map(({ user }) => user)).size;
    const rootCredentials = rootCredentialsIn(report, this.props.ruleSet.context.partition);
    this.accounts.push(manifestAccount(account, evidence, rootCredentials, content, open.length));
  }

  /** @param about - `execution`: the run that collected the report */
  private async addReport(
    account: AccountIdentity,
    content: AccountContent,
    about: Pick<TableEntry, 'findings' | 'generatedAt' | 'execution'>,
  ): Promise<void> {
    const { report } = content;
    // Every account has a root user, even if its report has no row for it. Who was created after the report was generated
    // can have credentials.
    const users = [
      ROOT_USER,
      ...report.users.map(({ user }) => user),
      ...about.findings.map(({ user }) => user),
    ];
    await this.addEntry({ account, ...content, ...about }, users);
  }

  private async addEntry(entry: Omit<TableEntry, 'changes'>, users: readonly string[]): Promise<void> {
    const { comparison, snapshot, tables } = this.props;
    const { account, findings } = entry;
    const after = snapshotOf(account.id, users, findings);
    const compared = await comparison?.compared(after, undecidedOf(findings));
    const changes = compared?.changes;
    await snapshot.write(snapshotLine(compared?.snapshot ?? after));
    await tables.append({ ...entry, changes });
    this.sample(account, findings, changes);
  }

  private othersOf({ serviceCredentials }: AccountContent) {
    return { serviceCredentials, startedAt: Date.parse(this.props.ledger.startedAt) };
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
  ): void {
    const { findings: byStatus, resolved, usersAdded, usersRemoved } = this.samples;
    const isNew = new Set(changes?.newFindings.map(({ user, key }) => `${user} ${key}`));
    for (const finding of findings) {
      const { check, exemption, user, key } = finding;
      const status = exemption ? 'exempt' : isNew.has(`${user} ${key}`) ? 'new' : 'open';
      byStatus[status].add(check.id, { ...finding, account, status });
    }
    for (const { user, check, credential } of changes?.resolvedFindings ?? [])
      resolved.add(check, { account, user, check, credential });
    for (const user of changes?.usersAdded ?? []) usersAdded.add('', { account, user });
    for (const user of changes?.usersRemoved ?? []) usersRemoved.add('', { account, user });
  }
}

function failure(account: CollectedAccount, reason: FailureReason, detail: string): AccountWithoutReport {
  return { ...identityOf(account), outcome: 'failed', reason, detail };
}

function manifestAccount(
  { etag: _etag, serviceCredentials: list, ...account }: CollectedAccount,
  evidence: Evidence,
  rootCredentials: RootCredentialsState,
  { report: { users }, serviceCredentials: found }: AccountContent,
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
    users: users.length,
    findings,
    ...(found && { serviceCredentials: manifestList(list, found) }),
  };
}

/** The list as the manifest has it. Outcomes of a run that does not list are ignored. */
function manifestList(
  list: CollectedAccount['serviceCredentials'],
  found: FoundServiceCredentials,
): Extract<ManifestAccount, { outcome: 'collected' }>['serviceCredentials'] {
  if ('reason' in found) return { outcome: 'failed', reason: found.reason, detail: found.detail };
  if (list?.outcome !== 'collected') throw new TypeError('a list was read that no outcome names');
  const { etag: _etag, ...stored } = list;
  return { ...stored, evidence: found.evidence, credentials: found.credentials.length };
}
