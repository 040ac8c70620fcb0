import { checks } from '../checks';
import { rootRowMissing } from '../checks/root-row-missing';
import type { PermanentError } from '../shared/permanent-errors';
import { type CheckCounts, zeroCounts } from './evaluate';
import type { RunContent } from './manifest';

/** Numbers that must be equal are not, so the run would state something false. Never retried. */
export class InconsistentTotals extends Error {
  override readonly name = 'InconsistentTotals' satisfies PermanentError;
}

/**
 * Compares numbers of the manifest that were counted independently of each other: from the ledger, from the accounts, and
 * by the checks.
 * @throws {@link InconsistentTotals} with every contradiction
 */
export function assertConsistent(manifest: RunContent): void {
  const { totals, accounts } = manifest;
  const skipped = accounts.filter(({ outcome }) => outcome === 'skipped').length;
  const failures = manifest.checks.reduce((sum, { fail }) => sum + fail, 0);
  const withoutRootRow = countsOf(manifest, rootRowMissing.id);
  const rows = {
    report: totals.collected,
    root: totals.collected - withoutRootRow.fail - withoutRootRow.exempt,
    user: totals.users,
  };
  throwIfAny(
    mismatch('accounts', totals.accounts, 'accounts listed', accounts.length),
    mismatch('accounts', totals.accounts, 'distinct IDs', new Set(accounts.map(({ id }) => id)).size),
    mismatch('expected', totals.expected, 'collected and failed', totals.collected + totals.failed),
    mismatch('skipped', totals.skipped, 'accounts with that outcome', skipped),
    mismatch('findings', totals.findings, 'failures of checks', failures),
    ...checks.map(({ id, appliesTo }) =>
      mismatch(`results of ${id}`, resultsOf(manifest, id), 'rows it applies to', rows[appliesTo]),
    ),
  );
}

const countsOf = ({ checks }: RunContent, id: string): CheckCounts =>
  checks.find((check) => check.id === id) ?? zeroCounts();

function resultsOf(manifest: RunContent, id: string): number {
  const { pass, fail, exempt, notApplicable } = countsOf(manifest, id);
  return pass + fail + exempt + notApplicable;
}

/** @throws {@link InconsistentTotals} with every problem, if there is one */
export function throwIfAny(...problems: (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new InconsistentTotals(found.join('; '));
}

function mismatch(what: string, number: number, other: string, otherNumber: number): string | undefined {
  return number === otherNumber ? undefined : `${number} ${what}, but ${otherNumber} ${other}`;
}
