/** Finds and orders what the page shows. */
import { severities } from '../../../../checks/check';
import { frameworkOf } from '../../../../frameworks/framework-of';
import {
  ORGANIZATION,
  STATUS_LETTERS,
  type PageAccount,
  type PageCheck,
  type PageData,
  type PageFinding,
} from '../data/page-data';
import type { State } from './state';

/** A finding with everything that stands in its row. */
export interface SearchRow {
  readonly finding: PageFinding;
  readonly severity: string;
  readonly account: PageAccount;
  readonly user: string;
  readonly check: PageCheck;
  readonly status: string;
}

/** A user with findings. */
export interface UserFindings {
  readonly user: PageData['users'][number];
  readonly rows: readonly SearchRow[];
}

const SEVERITIES: readonly string[] = severities;
const STATUSES: readonly string[] = Object.keys(STATUS_LETTERS);

export class Search {
  readonly rows: readonly SearchRow[];
  private readonly findingTexts: readonly string[];
  private readonly accountTexts: readonly string[];
  private readonly frameworks: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(readonly data: PageData) {
    const { findings, users, checks, accounts } = data;
    this.accountTexts = accounts.map(({ id, name, unit, owner, about }) =>
      [id, name, unit, owner, about].join('\n').toLowerCase(),
    );
    this.rows = findings.map((finding) => {
      const user = users[finding.user];
      const check = checks[finding.check];
      return {
        finding,
        severity: check?.severity ?? '',
        account: accounts[user?.account ?? -1] ?? NO_ACCOUNT,
        user: user?.name ?? '',
        check: check ?? NO_CHECK,
        status: finding.status,
      };
    });
    this.findingTexts = this.rows.map(({ finding, user, check: { id: check } }) => {
      const account = this.accountTexts[users[finding.user]?.account ?? -1] ?? '';
      const arn = users[finding.user]?.arn ?? '';
      return `${account}\n${user}\n${arn}\n${check}\n${finding.reason}\n${finding.acceptance}`.toLowerCase();
    });
    const frameworks = new Map<string, Set<string>>();
    for (const { id, controls } of checks)
      for (const control of controls) {
        const label = frameworkOf(control);
        frameworks.set(label, (frameworks.get(label) ?? new Set()).add(id));
      }
    this.frameworks = frameworks;
  }

  /** What can be chosen, in order. */
  get choices() {
    const { accounts, checks } = this.data;
    const different = (values: readonly string[]) =>
      [...new Set(values)].filter((value) => value !== '').sort();
    const units = different(accounts.map(({ unit }) => unit));
    return {
      severity: SEVERITIES,
      check: checks.map(({ id }) => id),
      framework: [...this.frameworks.keys()].sort(),
      status: [...STATUSES, 'unknown'],
      unit: different(units.flatMap(withThoseAbove)),
      owner: different(accounts.map(({ owner }) => owner)),
    };
  }

  findings(state: State): SearchRow[] {
    const words = wordsOf(state);
    const ofFramework = this.frameworks.get(state.framework);
    const found = this.rows.filter((row, index) => {
      const {
        severity,
        check: { id: check },
        status,
        account,
        finding,
      } = row;
      return (
        (state.severity === '' || severity === state.severity) &&
        (state.check === '' || check === state.check) &&
        (state.framework === '' || ofFramework?.has(check) === true) &&
        (state.status === '' || (state.status === 'unknown' ? finding.isUnknown : status === state.status)) &&
        isOf(account, state) &&
        words.every((word) => this.findingTexts[index]?.includes(word))
      );
    });
    return sorted(found, state.sort === '' ? 'severity' : state.sort, FINDING_VALUES);
  }

  accounts(state: State): PageAccount[] {
    const words = wordsOf(state);
    const found = this.data.accounts.filter(
      (account, index) =>
        account.outcome !== ORGANIZATION &&
        isOf(account, state) &&
        words.every((word) => this.accountTexts[index]?.includes(word)),
    );
    return sorted(found, state.sort === '' ? '-findings' : state.sort, ACCOUNT_VALUES);
  }

  account(id: string): PageAccount | undefined {
    const plain = withPlainIds(id);
    return this.data.accounts.find((account) => account.id === plain);
  }

  /** The findings of an account by user, in the order of its report. */
  usersOf(account: PageAccount): UserFindings[] {
    const byUser = new Map<number, SearchRow[]>();
    for (const row of this.rows)
      if (row.account === account) {
        const known = byUser.get(row.finding.user);
        if (known) known.push(row);
        else byUser.set(row.finding.user, [row]);
      }
    return [...byUser].flatMap(([index, rows]) => {
      const user = this.data.users[index];
      return user ? [{ user, rows }] : [];
    });
  }
}

const NO_CHECK: PageCheck = { id: '', severity: '', title: '', remedy: '', controls: [] };
const NO_ACCOUNT: PageAccount = {
  id: '',
  name: '',
  unit: '',
  owner: '',
  outcome: '',
  about: '',
  users: undefined,
  findings: undefined,
};

/** The console shows the ID of an account as `1234-5678-9012`. */
const withPlainIds = (text: string) => text.replaceAll(/\b(\d{4})[- ](\d{4})[- ](\d{4})\b/g, '$1$2$3');

const wordsOf = ({ text }: State) =>
  withPlainIds(text.toLowerCase())
    .split(/[\s,;]+/)
    .filter(Boolean);

/** `Root`, `Root/Workloads` and `Root/Workloads/Prod` of the last of them. */
function withThoseAbove(unit: string): string[] {
  const names = unit.split('/').filter(Boolean);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** A unit contains those below it. */
const isOf = (account: PageAccount, { unit, owner }: State) =>
  (unit === '' || `${account.unit}/`.startsWith(unit.endsWith('/') ? unit : `${unit}/`)) &&
  (owner === '' || account.owner === owner);

type Value = string | number;

/** By the column; an unknown one orders nothing. */
const FINDING_VALUES: Readonly<Record<string, (row: SearchRow) => Value>> = {
  severity: ({ severity, status }) => SEVERITIES.indexOf(severity) * 10 + STATUSES.indexOf(status),
  account: ({ account }) => account.id,
  user: ({ user }) => user,
  check: ({ check }) => check.id,
  status: ({ status }) => STATUSES.indexOf(status),
};
const ACCOUNT_VALUES: Readonly<Record<string, (account: PageAccount) => Value>> = {
  account: ({ id }) => id,
  unit: ({ unit }) => unit,
  owner: ({ owner }) => owner,
  outcome: ({ outcome }) => outcome,
  users: ({ users = -1 }) => users,
  findings: ({ findings = -1 }) => findings,
};

/** Those with equal values keep their order. */
function sorted<Item>(
  items: Item[],
  sort: string,
  values: Readonly<Record<string, (item: Item) => Value>>,
): Item[] {
  const name = sort.replace(/^-/, '');
  const valueOf = Object.hasOwn(values, name) ? values[name] : undefined;
  if (!valueOf) return items;
  const order = sort.startsWith('-') ? -1 : 1;
  const valued = items.map((item) => ({ item, value: valueOf(item) }));
  valued.sort((one, other) => (one.value < other.value ? -order : one.value > other.value ? order : 0));
  return valued.map(({ item }) => item);
}
