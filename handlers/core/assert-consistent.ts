import { checks } from '../checks';
import type { PermanentError } from '../shared/permanent-errors';
import type { Manifest } from './manifest';

/** Numbers that must be equal are not, so the run would state something false. Never retried. */
export class InconsistentTotals extends Error {
  override readonly name = 'InconsistentTotals' satisfies PermanentError;
}

/**
 * Compares numbers of the manifest that were counted independently of each other: from the ledger, from the accounts, and
 * by the checks.
 * @throws {@link InconsistentTotals} with every contradiction
 */
export function assertConsistent(manifest: Manifest): void {
  const { totals, accounts } = manifest;
  const skipped = accounts.filter(({ outcome }) => outcome === 'skipped').length;
  const failures = manifest.checks.reduce((sum, { fail }) => sum + fail, 0);
  throwIfAny(
    mismatch('accounts', totals.accounts, 'accounts listed', accounts.length),
    mismatch('accounts', totals.accounts, 'distinct IDs', new Set(accounts.map(({ id }) => id)).size),
    mismatch('expected', totals.expected, 'collected and failed', totals.collected + totals.failed),
    mismatch('skipped', totals.skipped, 'accounts with that outcome', skipped),
    mismatch('findings', totals.findings, 'failures of checks', failures),
    ...checks.map(({ id, appliesTo }) => {
      const counts = manifest.checks.find((check) => check.id === id);
      const { pass = 0, fail = 0, exempt = 0, notApplicable = 0 } = counts ?? {};
      const rows = appliesTo === 'root' ? totals.collected : totals.users;
      return mismatch(`results of ${id}`, pass + fail + exempt + notApplicable, 'rows it applies to', rows);
    }),
  );
}

/** @throws {@link InconsistentTotals} with every problem, if there is one */
export function throwIfAny(...problems: (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new InconsistentTotals(found.join('; '));
}

function mismatch(what: string, number: number, other: string, otherNumber: number): string | undefined {
  return number === otherNumber ? undefined : `${number} ${what}, but ${otherNumber} ${other}`;
}
