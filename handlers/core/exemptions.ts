import { daysAfter } from '../shared/calendar';
import type { Exemption } from '../shared/events';
import { ExemptedUsers } from './exempted-users';
import {
  type ExemptedAccount,
  type ScopeKind,
  isKnown,
  scopeKindOf,
  scopeKinds,
  scopeOf,
  scopesOf,
} from './exemption-scopes';

/** Days before the last day of an exemption from which its end is told. */
export const ENDS_SOON_DAYS = 14;

/**
 * What an exemption does in a run. `used`: it matches findings. `unused`: it matches none. `undecided`: it matches none, but
 * accounts that it may cover have no report, or their unit, tags or owner is not known. `expired`: its last day has passed,
 * so the findings that it covered fail again.
 */
export const exemptionEffects = ['used', 'unused', 'undecided', 'expired'] as const;
export type ExemptionEffect = (typeof exemptionEffects)[number];

/** An exemption with its effect on this run. */
export interface AppliedExemption extends Exemption {
  source: 'environment' | 'file';
  effect: ExemptionEffect;
  /** Its last day is at most {@link ENDS_SOON_DAYS} days away. */
  endsSoon: boolean;
  /** Findings that it matches in this run. Another exemption may match them too. */
  findings: number;
}

/** The exemptions of a run on its date. */
export class Exemptions {
  private readonly applied: AppliedExemption[];
  /** By check and scope. */
  private readonly users = new Map<string, Map<string, ExemptedUsers<AppliedExemption>>>();
  /** The scopes of the account that was asked for last: its findings come one after the other. */
  private last: { account: ExemptedAccount; scopes: readonly string[] } | undefined;
  /** Scopes with accounts of which it is not known whether they have findings. */
  private readonly undecidedScopes = new Set<string>();
  /** Accounts of which it is not known whether they are in the scopes of a kind. */
  private readonly unknownAccounts: Record<ScopeKind, number> = {
    account: 0,
    owner: 0,
    accountTag: 0,
    ou: 0,
  };

  /**
   * @param inEnvironment - those of the environment
   * @param inFile - those of its file
   */
  constructor(
    inEnvironment: readonly Exemption[],
    private readonly date: string,
    inFile: readonly Exemption[] = [],
  ) {
    const soon = daysAfter(date, ENDS_SOON_DAYS);
    const applied =
      (source: AppliedExemption['source']) =>
      (exemption: Exemption): AppliedExemption => ({
        ...exemption,
        source,
        effect: 'unused',
        // It still applies on the last day. Dates in this format sort chronologically.
        endsSoon: exemption.expires >= date && exemption.expires <= soon,
        findings: 0,
      });
    this.applied = [...inEnvironment.map(applied('environment')), ...inFile.map(applied('file'))];
    for (const exemption of this.applied.filter(({ expires }) => expires >= date)) {
      const { check } = exemption;
      const byScope = this.users.get(check) ?? new Map<string, ExemptedUsers<AppliedExemption>>();
      const users = byScope.get(scopeOf(exemption)) ?? new ExemptedUsers();
      this.users.set(check, byScope.set(scopeOf(exemption), users));
      users.add(exemption);
    }
  }

  /**
   * The exemption that covers a finding, which is counted; undefined if none does. Of several, it is the one that ends last,
   * then the one for fewest accounts: the finding fails again when no exemption is left.
   */
  apply(check: string, account: ExemptedAccount, user: string): Exemption | undefined {
    const found = this.matching(check, account, user);
    for (const exemption of found) exemption.findings++;
    return lastOf(found);
  }

  /** The same without counting, for findings that are not those of this run. */
  find(check: string, account: ExemptedAccount, user: string): Exemption | undefined {
    return lastOf(this.matching(check, account, user));
  }

  /** What is known of an account from which a report is expected; it decides whether an exemption is unused. */
  tell(account: ExemptedAccount, isCollected: boolean): void {
    for (const kind of scopeKinds) if (!isKnown[kind](account)) this.unknownAccounts[kind]++;
    if (!isCollected) for (const scope of scopesOf(account)) this.undecidedScopes.add(scope);
  }

  /** Every exemption with its effect, once all accounts have been told. */
  get all(): readonly AppliedExemption[] {
    return this.applied.map((exemption) => ({ ...exemption, effect: this.effectOf(exemption) }));
  }

  /** Exemptions that do not apply because something is not known of accounts, in words. */
  notes(): string[] {
    const valid = this.applied.filter(({ expires }) => expires >= this.date);
    return scopeKinds.flatMap((kind) => {
      const exemptions = valid.filter((exemption) => scopeKindOf(exemption) === kind).length;
      const accounts = this.unknownAccounts[kind];
      if (exemptions === 0 || accounts === 0) return [];
      const [by, unknown] = words[kind];
      return [
        `Exemptions by ${by} (${exemptions}) do not apply to the accounts whose ${unknown} not known (${accounts}).`,
      ];
    });
  }

  private matching(check: string, account: ExemptedAccount, user: string): AppliedExemption[] {
    const byScope = this.users.get(check);
    if (!byScope) return [];
    if (this.last?.account !== account) this.last = { account, scopes: scopesOf(account) };
    return this.last.scopes.flatMap((scope) => byScope.get(scope)?.of(user) ?? []);
  }

  private effectOf(exemption: AppliedExemption): ExemptionEffect {
    if (exemption.expires < this.date) return 'expired';
    if (exemption.findings > 0) return 'used';
    const isUndecided =
      this.undecidedScopes.has(scopeOf(exemption)) || this.unknownAccounts[scopeKindOf(exemption)] > 0;
    return isUndecided ? 'undecided' : 'unused';
  }
}

const words: Readonly<Record<ScopeKind, readonly [by: string, unknown: string]>> = {
  account: ['account', 'ID is'],
  owner: ['owner', 'owner is'],
  accountTag: ['account tag', 'tags are'],
  ou: ['organizational unit', 'unit is'],
};

/** The one that ends last; the first of those that end on the same day. */
const lastOf = (found: readonly AppliedExemption[]) =>
  found.reduce<AppliedExemption | undefined>(
    (last, exemption) => (last && last.expires >= exemption.expires ? last : exemption),
    undefined,
  );
