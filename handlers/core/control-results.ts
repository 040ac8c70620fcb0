import type { Framework } from '../frameworks/framework';
import { type CountedResult, worse } from './worse';
import type { ControlStatus, ControlTotals, FrameworkTotals } from './manifest';
import type { RuleSet } from './rule-set';

/** What a check judges. */
type Subject = 'account' | 'organization';

/** The accounts that a control was assessed in, by how it ended there. */
interface Accounts {
  met: number;
  notApplicable: number;
  exempt: number;
  notMet: string[];
  undecided: string[];
}

interface Control {
  readonly id: string;
  readonly checks: readonly string[];
  /** Those of them that judge accounts, and those that judge the organization. */
  readonly of: Readonly<Record<Subject, readonly string[]>>;
  readonly partial: boolean;
  readonly isAssessed: boolean;
  readonly accounts: Accounts;
}

/** A control with the accounts that matter, for its table. */
export interface ControlResult extends ControlTotals {
  readonly notMetAccounts: readonly string[];
  readonly undecidedAccounts: readonly string[];
}

/** What the chosen frameworks say about the organization, added up account by account. */
export class ControlResults {
  private readonly frameworks: { framework: Framework; controls: Control[] }[];

  constructor({ checks, frameworks }: Pick<RuleSet, 'checks' | 'frameworks'>) {
    const usable = new Set(checks.flatMap(({ check, isLooser }) => (isLooser ? [] : check.id)));
    const ofOrganization = new Set(
      checks.flatMap(({ check: { id, appliesTo } }) => (appliesTo === 'organization' ? id : [])),
    );
    this.frameworks = frameworks.map((framework) => ({
      framework,
      controls: framework.controls.map(({ id, checks, partial = false }) => ({
        id,
        checks,
        of: {
          account: checks.filter((check) => !ofOrganization.has(check)),
          organization: checks.filter((check) => ofOrganization.has(check)),
        },
        partial,
        isAssessed: checks.every((check) => usable.has(check)),
        accounts: { met: 0, notApplicable: 0, exempt: 0, notMet: [], undecided: [] },
      })),
    }));
  }

  /**
   * @param results - the result of every check that applies to something in the account, by ID; undefined if the account
   * has no report of this run
   * @param subject - `organization`: it is the organization, and counts once like an account
   */
  add(
    account: string,
    results: ReadonlyMap<string, CountedResult> | undefined,
    subject: Subject = 'account',
  ): void {
    for (const { controls } of this.frameworks)
      for (const { of, accounts, isAssessed } of controls) {
        const checks = of[subject];
        if (!isAssessed || checks.length === 0) continue;
        const result = results
          ? checks.reduce<CountedResult>(
              (before, check) => worse(results.get(check) ?? before, before),
              'not-applicable',
            )
          : 'unknown';
        if (result === 'fail') accounts.notMet.push(account);
        else if (result === 'unknown') accounts.undecided.push(account);
        else if (result === 'not-applicable') accounts.notApplicable++;
        else accounts[result === 'exempt' ? 'exempt' : 'met']++;
      }
  }

  /** The controls of every chosen framework. */
  get all(): { framework: Framework; controls: ControlResult[] }[] {
    return this.frameworks.map(({ framework, controls }) => ({
      framework,
      controls: controls.map(({ id, checks, partial, isAssessed, accounts }) => ({
        id,
        checks: [...checks],
        partial,
        status: isAssessed ? statusOf(accounts) : 'not-assessed',
        met: accounts.met + accounts.notApplicable,
        notMet: accounts.notMet.length,
        undecided: accounts.undecided.length,
        exempt: accounts.exempt,
        notMetAccounts: accounts.notMet,
        undecidedAccounts: accounts.undecided,
      })),
    }));
  }

  /** The same as the manifest tells it. */
  get totals(): FrameworkTotals[] {
    return this.all.map(({ framework: { id, name, version, label }, controls }) => ({
      id,
      name,
      version,
      label,
      assessed: controls.filter(({ status }) => !NOT_COUNTED.includes(status)).length,
      met: controls.filter(({ status }) => status === 'met').length,
      controls: controls.map(
        ({ notMetAccounts: _notMet, undecidedAccounts: _undecided, ...totals }) => totals,
      ),
    }));
  }
}

/** What is neither met nor not met, whatever the organization does. */
const NOT_COUNTED: readonly ControlStatus[] = ['not-applicable', 'not-assessed'];

function statusOf({ met, notApplicable, exempt, notMet, undecided }: Accounts): ControlStatus {
  if (notMet.length > 0) return 'not-met';
  if (undecided.length > 0) return 'undecided';
  if (met + exempt > 0) return 'met';
  // Without any account, nobody knows.
  return notApplicable > 0 ? 'not-applicable' : 'undecided';
}
