import { Random } from '../random';
import { type Churn, DAY } from './churn';
import type { CentralRootAccess } from './central-root-access';
import {
  type PlantedServiceCredentials,
  type PlantedServiceRule,
  plantedServiceRules,
  serviceCredentials,
} from './service-credentials';
import { type PlantedCounts, type PlantedReport, countsByRule, credentialReport } from './credential-report';

export interface OrganizationProps {
  accounts: number;
  /** Decides everything random. */
  seed: number;
  /** IAM users in each account, or a function that returns the number for the account at an index. */
  users: number | ((index: number) => number);
  /** Accounts that deny AssumeRole or the calls to IAM. */
  denied: number;
  /** Accounts whose report takes several polls. */
  slow: number;
  /** Accounts whose report is never ready. */
  neverReady: number;
  /** Accounts that answer LimitExceeded for a while. */
  throttled: number;
  suspended: number;
  /**
   * Accounts that deny the list of service-specific credentials: the last ones that answer IAM.
   * @default 0
   */
  listsDenied?: number;
  partition?: string;
  /**
   * Tags of the account at an index; the first one collects.
   * @default - no account has tags
   */
  tags?: (index: number) => Readonly<Record<string, string>>;
  /**
   * Whether the first account is a delegated administrator, and the last one manages the organization.
   * @default false
   */
  delegated?: boolean;
  /**
   * Organizational units of some accounts; the first two are used.
   * @default - made up
   */
  units?: readonly string[];
  /**
   * What IAM answers about central root access.
   * @default - enabled; an error if the account that collects does not manage the organization
   */
  centralRootAccess?: CentralRootAccess | undefined;
  /**
   * Consecutive days, of which the last is today; {@link EmbeddedOrganization.begin} makes it one of them.
   * @default 1
   */
  days?: number;
  /**
   * IAM users that change each day, percent.
   * @default 0
   */
  churn?: number;
  now?: () => Date;
}

type Behavior =
  | { kind: 'denied'; by: 'sts' | 'iam' }
  /**
   * Answers LimitExceeded `refusals` times, then STARTED or INPROGRESS `polls` times, then COMPLETE. Getting a report that is
   * being generated counts like requesting it.
   */
  | { kind: 'reports'; refusals: number; polls: number };

/** What IAM answers when a report is requested. */
export type Generation = 'STARTED' | 'INPROGRESS' | 'COMPLETE' | 'LimitExceeded';

/** IAM generates a report at most every four hours and returns the last one until then, ms. */
const REPORT_LIFETIME = 4 * 3_600_000;

export class EmbeddedAccount {
  /** Whether a policy of the account denies the list of service-specific credentials. */
  deniesList = false;
  private requests = 0;
  private report: (PlantedReport & { generatedAt: Date }) | undefined;
  private list: PlantedServiceCredentials | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly path: string,
    readonly state: 'ACTIVE' | 'SUSPENDED',
    public tags: Readonly<Record<string, string>>,
    public behavior: Behavior,
    private readonly make: (now: Date) => PlantedReport,
    private readonly now: () => Date,
    private readonly seed = 0,
  ) {}

  get email(): string {
    return `aws+${this.name}@example.com`;
  }

  /**
   * The service-specific credentials of the users in the first report, and of one who may be newer. They stay the same: a
   * list has several pages, and a new report may come in between.
   */
  serviceCredentials(): PlantedServiceCredentials {
    const { report, id, seed } = this;
    if (!report) return serviceCredentials({ id, seed: seed + 1, users: [] }, this.now());
    this.list ??= serviceCredentials({ id, seed: seed + 1, users: report.users }, report.generatedAt);
    return this.list;
  }

  /** Whether a report that was requested is ready now; undefined if none was requested. */
  isGenerated(): boolean | undefined {
    const isRequested = this.behavior.kind === 'reports' && this.requests > this.behavior.refusals;
    if (this.currentReport()) return true;
    return isRequested ? this.generateReport() === 'COMPLETE' : undefined;
  }

  generateReport(): Generation {
    if (this.behavior.kind === 'denied') return 'STARTED';
    if (this.currentReport()) return 'COMPLETE';
    const { refusals, polls } = this.behavior;
    const request = this.requests++ - refusals;
    if (request < 0) return 'LimitExceeded';
    if (request < polls) return request === 0 ? 'STARTED' : 'INPROGRESS';
    this.requests = refusals;
    // IAM keeps whole seconds.
    const generatedAt = new Date(Math.floor(this.now().getTime() / 1000) * 1000);
    this.report = { ...this.make(generatedAt), generatedAt };
    return 'COMPLETE';
  }

  /** The report that IAM would return now. */
  currentReport(): (PlantedReport & { generatedAt: Date }) | undefined {
    const { report } = this;
    return report && this.now().getTime() - report.generatedAt.getTime() < REPORT_LIFETIME
      ? report
      : undefined;
  }
}

/** An organization generated from a seed, in memory. */
export class EmbeddedOrganization {
  readonly id: string;
  readonly rootId: string;
  readonly partition: string;
  readonly centralRootAccess: CentralRootAccess;
  /** Whether the first account, which collects, does not manage the organization. */
  readonly isDelegated: boolean;
  readonly managementAccountId: string;
  readonly accounts: EmbeddedAccount[];
  readonly days: number;
  /** How long ago the day is that it shows, ms. */
  private behind = 0;
  private recover: (() => unknown) | undefined;
  private readonly units: { id: string; name: string }[];
  private readonly byId: Map<string, EmbeddedAccount>;

  constructor(props: OrganizationProps) {
    const random = new Random(props.seed);
    this.id = `o-local${random.between(100_000, 999_999)}`;
    this.rootId = `r-${random.between(1_000, 9_999)}`;
    const root = `${this.id}/${this.rootId}`;
    this.units = ['workloads', 'security', 'sandbox'].map((name, index) => {
      const id = `ou-loca-${random.between(10_000_000, 99_999_999)}`;
      // The last is made up in any case, so that accounts are outside of the given units.
      return { id: (index < 2 ? props.units?.[index] : undefined) ?? id, name };
    });
    const units = this.units.map(({ id }, index) => (index === 2 ? `${OUTER_UNIT.id}/${id}` : id));
    const [first, ...rest] = kindsOf(props);
    // The management account, which cannot be suspended, is special only if there are no other accounts left.
    const kinds = [first, ...random.shuffled(rest)];
    const ids = accountIds(random, props.accounts);
    const { partition = 'aws', now: present = () => new Date(), days = 1, churn: percent = 0 } = props;
    this.partition = partition;
    this.days = days;
    const now = () => new Date(present().getTime() - this.behind);
    const churn: Churn | undefined =
      days > 1 ? { firstDay: new Date(present().getTime() - (days - 1) * DAY), percent } : undefined;
    this.isDelegated = props.delegated ?? false;
    this.managementAccountId = ids.at(this.isDelegated ? -1 : 0) ?? '';
    // Nor is it a delegated administrator of IAM.
    const answer = this.isDelegated ? 'AccountNotManagementOrDelegatedAdministrator' : 'enabled';
    this.centralRootAccess = props.centralRootAccess ?? answer;

    this.accounts = ids.map((id, index) => {
      const seed = random.between(0, 2 ** 31 - 1);
      const unit = index === 0 ? '' : `/${random.oneOf(units as [string, ...string[]])}`;
      const name = index === 0 ? 'management' : `account-${index}`;
      const kind = kinds[index] ?? 'ready';
      const users = typeof props.users === 'number' ? props.users : props.users(index);
      return new EmbeddedAccount(
        id,
        name,
        `${root}${unit}/${id}/`,
        kind === 'suspended' ? 'SUSPENDED' : 'ACTIVE',
        props.tags?.(index) ?? {},
        behaviorOf(kind, index, new Random(seed)),
        (at) => credentialReport({ id, partition, seed, users, churn }, at),
        now,
        seed,
      );
    });
    const answering = this.accounts.filter(
      ({ behavior, state }) => state === 'ACTIVE' && behavior.kind === 'reports',
    );
    for (const account of answering.slice(answering.length - (props.listsDenied ?? 0)))
      account.deniesList = true;
    this.byId = new Map(this.accounts.map((account) => [account.id, account]));
  }

  /**
   * Begins one of several days, counted from 0. On the one in the middle, an account that answers on all others denies access.
   * @returns how long ago that was, ms
   */
  begin(day: number): number {
    this.behind = (this.days - 1 - day) * DAY;
    const isMiddle = this.days > 2 && day === Math.floor(this.days / 2);
    const ordinary = this.accounts.findLast(({ behavior }, index) => index > 0 && isOrdinary(behavior));
    this.recover?.();
    this.recover = undefined;
    if (isMiddle && ordinary) {
      const { behavior } = ordinary;
      ordinary.behavior = { kind: 'denied', by: 'iam' };
      this.recover = () => (ordinary.behavior = behavior);
    }
    return this.behind;
  }

  arnOf({ id }: EmbeddedAccount): string {
    return `arn:${this.partition}:organizations::${this.managementAccountId}:account/${this.id}/${id}`;
  }

  /** Organizational units directly below a root or unit. */
  unitsBelow(parent: string): { id: string; name: string }[] {
    const sandbox = this.units.at(-1);
    if (parent === OUTER_UNIT.id) return sandbox ? [sandbox] : [];
    return parent === this.rootId ? [...this.units.slice(0, -1), OUTER_UNIT] : [];
  }

  account(id: string): EmbeddedAccount | undefined {
    return this.byId.get(id);
  }

  /** Removes an account from the organization: its role can no longer be assumed. */
  leave(id: string): void {
    this.byId.delete(id);
    this.accounts.splice(0, Infinity, ...this.byId.values());
  }

  /**
   * How many findings of each rule are in the reports and lists of these accounts, and in the organization, at the default
   * thresholds. A list that is denied is a finding of every rule.
   */
  planted(ids: readonly string[]): PlantedCounts & Record<PlantedServiceRule, number> {
    const accounts = ids.flatMap((id) => this.account(id) ?? []);
    const total = (countIn: (account: EmbeddedAccount) => number) =>
      accounts.reduce((sum, account) => sum + countIn(account), 0);
    const ofLists = plantedServiceRules.map((rule) => [
      rule,
      total((account) => (account.deniesList ? 1 : account.serviceCredentials().planted[rule])),
    ]);
    // There is no central root access in the other partitions.
    const isBroken = this.partition === 'aws' && this.centralRootAccess !== 'enabled';
    return {
      ...countsByRule((rule) => total((account) => account.currentReport()?.planted[rule] ?? 0)),
      ...(Object.fromEntries(ofLists) as Record<PlantedServiceRule, number>),
      'central-root-access': isBroken ? 1 : 0,
    };
  }
}

const isOrdinary = (behavior: Behavior) =>
  behavior.kind === 'reports' && behavior.refusals === 0 && behavior.polls === 1;

/** The unit in which the last one is. */
const OUTER_UNIT = { id: 'ou-loca-00000001', name: 'development' };

type Kind = 'ready' | 'denied' | 'slow' | 'neverReady' | 'throttled' | 'suspended';

function kindsOf(props: OrganizationProps): Kind[] {
  const special = (['denied', 'slow', 'neverReady', 'throttled', 'suspended'] as const).flatMap((kind) =>
    Array.from({ length: props[kind] }, (): Kind => kind),
  );
  return [...Array.from({ length: props.accounts - special.length }, (): Kind => 'ready'), ...special];
}

function behaviorOf(kind: Kind, index: number, random: Random): Behavior {
  switch (kind) {
    case 'denied':
      return { kind, by: index % 2 === 0 ? 'sts' : 'iam' };
    case 'slow':
      return { kind: 'reports', refusals: 0, polls: random.between(3, 8) };
    case 'neverReady':
      return { kind: 'reports', refusals: 0, polls: Infinity };
    case 'throttled':
      return { kind: 'reports', refusals: random.between(2, 4), polls: 1 };
    default:
      // A report takes about two seconds even in a small account, so the first poll is always too early.
      return { kind: 'reports', refusals: 0, polls: 1 };
  }
}

function accountIds(random: Random, count: number): string[] {
  const ids = new Set<string>();
  while (ids.size < count) {
    ids.add(`${random.between(100_000, 999_999)}${String(random.between(0, 999_999)).padStart(6, '0')}`);
  }
  return [...ids];
}
