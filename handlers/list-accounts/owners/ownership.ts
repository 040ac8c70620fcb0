import type { Account, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { refusePages } from '../../shared/aws/unexpected-answer';
import { type OwnerSettings, type RunSettings, asksForOwners, wantedTags } from '../../shared/events';
import { log } from '../../shared/log';
import type { LedgerAccount } from '../../shared/run-files';
import { AccountTags } from './account-tags';
import { type Directory, noDirectory, readDirectory, writeDirectory } from './directory-file';
import { problemOf } from './optional-calls';
import { type OwnerFacts, ownerOf } from './owner-of';
import { readOwnersFile } from './owners-file';
import { UnitNames } from './unit-names';

/**
 * Time that owners get in any case, ms. A small organization is listed before the first answer could arrive; its run then
 * waits for reports for much longer.
 */
const LEAST_MS = 2_000;

/** Clients of the calls without which a run is complete all the same: their retries are none of the listing's. */
export interface OwnerClients {
  organizations: OrganizationsClient;
  /** In the Region of AWS Organizations. */
  tagging: ResourceGroupsTaggingAPIClient;
}

export interface OwnershipProps {
  clients: OwnerClients;
  bucket: ReportBucket;
  run: string;
  environment: string;
  settings: Pick<RunSettings, 'owners' | 'checks'>;
  /** Account that runs this. */
  collectingAccount: string;
  /** Date of the run. */
  today: string;
}

/** For an environment whose exemptions name tags, and that asks for nothing else. */
const NO_OWNERS: OwnerSettings = { file: false, email: false, unitNames: false };

/**
 * Reads, while the accounts are listed, whose they are. A run takes no longer by that: what has not arrived when the
 * listing ends is not known. Nothing here throws.
 */
export class Ownership {
  private readonly ending = new AbortController();
  private readonly startedAt = Date.now();
  private readonly owners: OwnerSettings;
  private readonly wanted: readonly string[];
  private readonly tags: AccountTags;
  private readonly units: UnitNames;
  private readonly emails = new Map<string, string>();
  private readonly others: string[] = [];
  private readonly directory: Promise<Directory>;
  private file: OwnerFacts['file'];
  private readonly readings: Promise<void>[] = [];
  private isListing = true;
  private hasStarted = false;

  constructor(private readonly props: OwnershipProps) {
    const { clients, bucket, environment, settings, today } = props;
    const { signal } = this.ending;
    refusePages(clients.organizations);
    refusePages(clients.tagging);
    this.owners = settings.owners ?? NO_OWNERS;
    this.wanted = wantedTags(settings);
    this.tags = new AccountTags({ ...clients, wanted: this.wanted, today, signal });
    this.units = new UnitNames(clients.organizations, signal);
    this.directory = this.keepsDirectory
      ? this.orNote(
          'What earlier runs kept of tags and names of units',
          readDirectory(bucket, environment, this.wanted, today),
          noDirectory(),
        )
      : Promise.resolve(noDirectory());
    if (this.owners.file) this.readings.push(this.readFile());
    if (this.owners.unitNames) this.readings.push(this.readUnits());
  }

  /**
   * @param page - accounts as AWS Organizations lists them
   * @param accounts - the same in the ledger
   */
  add(page: readonly Account[], accounts: readonly LedgerAccount[]): void {
    const { collectingAccount } = this.props;
    if (this.owners.email) for (const { Id = '', Email = '' } of page) this.emails.set(Id, Email);
    this.units.add(accounts.map(({ path }) => path));
    this.tags.add(accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id));
    const [first] = page;
    if (this.hasStarted || !first || this.wanted.length === 0) return;
    this.hasStarted = true;
    // An account's ARN names the management account (https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html).
    this.readings.push(this.readTags(first.Arn?.split(':')[4] === collectingAccount));
  }

  /** Call it after the last page. What has not arrived by then, or within {@link LEAST_MS} from the start, never will. */
  async end(): Promise<void> {
    this.isListing = false;
    const rest = Math.max(0, this.startedAt + LEAST_MS - Date.now());
    const enough = AbortSignal.any([AbortSignal.timeout(rest), this.ending.signal]);
    await Promise.race([Promise.all(this.readings), aborted(enough)]);
  }

  /** Ends every call. */
  stop(): void {
    this.ending.abort();
  }

  /** An account with what is known of it. */
  applied(account: LedgerAccount): LedgerAccount {
    const { today } = this.props;
    const tags = this.tags.of(account.id);
    const facts = { file: this.file, tags, email: this.emails.get(account.id), today };
    const owner = ownerOf(account, this.owners, facts);
    const unitNames = this.owners.unitNames ? this.units.of(account.path) : undefined;
    return {
      ...account,
      ...(unitNames !== undefined && { unitNames }),
      ...(owner !== undefined && { owner }),
      ...(tags && this.wanted.length > 0 && { tags: { ...tags.values } }),
    };
  }

  /** What could not be read, and why. */
  notes(accounts: readonly LedgerAccount[]): string[] {
    const { run } = this.props;
    const expected = accounts.filter(({ skip }) => skip === undefined);
    const unknown = expected.filter(({ owner }) => owner === undefined).length;
    const notes = [...this.others, ...this.tags.notes(), ...this.units.notes];
    if (unknown > 0 && asksForOwners(this.owners))
      notes.push(`The owners of ${unknown} of ${expected.length} accounts are not known`);
    for (const note of notes) log('owners are incomplete', { run, note });
    return notes;
  }

  /** Keeps for the next run what this one has read bit by bit. */
  async keep(accounts: readonly LedgerAccount[]): Promise<void> {
    const { bucket, environment, run } = this.props;
    if (!this.keepsDirectory) return;
    const directory = { ...noDirectory(), units: this.units.known };
    if (this.tags.isOneByOne) {
      for (const { id, skip } of accounts) {
        const known = this.tags.of(id);
        if (known) directory.tags.set(id, known);
        else if (skip === undefined) directory.unread.push(id);
      }
    }
    await writeDirectory(bucket, environment, this.wanted, directory).catch((error: unknown) => {
      log('tags of accounts and names of units are not kept for the next run', { run, error: String(error) });
    });
  }

  private get keepsDirectory(): boolean {
    return this.wanted.length > 0 || this.owners.unitNames;
  }

  private async readTags(isManagementAccount: boolean): Promise<void> {
    if (isManagementAccount && (await this.tags.readWhole())) return;
    await this.tags.readOneByOne(await this.directory, () => this.isListing);
  }

  private async readUnits(): Promise<void> {
    const { units } = await this.directory;
    await this.units.read(units, () => this.isListing);
  }

  private async readFile(): Promise<void> {
    const read = await this.orNote('Owners file', readOwnersFile(this.props.bucket), undefined);
    this.file = read?.file;
    if (read?.note !== undefined) this.others.push(`Owners file: ${read.note}`);
  }

  private async orNote<Value>(what: string, reading: Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      this.others.push(`${what}: ${problemOf(error)}`);
      return otherwise;
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
