import type { PermanentError } from '../shared/permanent-errors';
import type { CheckTotals, RunContent } from './manifest';
import type { RuleSet } from './rule-set';

/** Numbers that must be equal are not, so the run would state something false. Never retried. */
export class InconsistentTotals extends Error {
  override readonly name = 'InconsistentTotals' satisfies PermanentError;
}

/**
 * Compares numbers of the manifest that were counted independently of each other: from the ledger, from the accounts, and
 * by the checks.
 * @throws {@link InconsistentTotals} with every contradiction
 */
export function assertConsistent(manifest: RunContent, { checks }: RuleSet): void {
  const { totals, accounts } = manifest;
  const skipped = accounts.filter(({ outcome }) => outcome === 'skipped').length;
  const findings = manifest.checks.reduce((sum, check) => sum + check.findings, 0);
  const { collected, users } = totals;
  const rows = {
    organization: 1,
    account: collected,
    report: collected,
    root: collected,
    user: users,
    principal: collected + users,
  };
  const isOfOrganization = new Set(
    checks.flatMap(({ check: { id, appliesTo } }) => (appliesTo === 'organization' ? id : [])),
  );
  throwIfAny(
    mismatch('accounts', totals.accounts, 'accounts listed', accounts.length),
    mismatch('accounts', totals.accounts, 'distinct IDs', new Set(accounts.map(({ id }) => id)).size),
    mismatch('expected', totals.expected, 'collected and failed', totals.collected + totals.failed),
    mismatch('skipped', totals.skipped, 'accounts with that outcome', skipped),
    mismatch('findings', totals.findings, 'findings of checks', findings),
    ...checks.map(({ check: { id, appliesTo } }, index) =>
      mismatch(`results of ${id}`, resultsOf(manifest.checks[index]), 'rows it applies to', rows[appliesTo]),
    ),
    ...manifest.frameworks.flatMap(({ label, controls }) =>
      controls.map(({ id, checks: ids, status, met, notMet, undecided, exempt }) =>
        status === 'not-assessed'
          ? undefined
          : mismatch(
              `results of ${label} ${id}`,
              met + notMet + undecided + exempt,
              'expected accounts and organizations',
              (ids.every((check) => isOfOrganization.has(check)) ? 0 : totals.expected) +
                (ids.some((check) => isOfOrganization.has(check)) ? 1 : 0),
            ),
      ),
    ),
  );
}

const resultsOf = (totals: CheckTotals | undefined) =>
  totals && totals.pass + totals.fail + totals.unknown + totals.exempt + totals.notApplicable;

/** @throws {@link InconsistentTotals} with every problem, if there is one */
export function throwIfAny(...problems: (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new InconsistentTotals(found.join('; '));
}

function mismatch(
  what: string,
  number: number | undefined,
  other: string,
  otherNumber: number,
): string | undefined {
  return number === otherNumber ? undefined : `${number} ${what}, but ${otherNumber} ${other}`;
}
