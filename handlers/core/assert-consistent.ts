import { checks } from '../checks';
import type { Manifest } from './manifest';

/** Numbers that have to be equal are not: the run says something that cannot be true. Never retried. */
export class InconsistentTotals extends Error {
  override readonly name = 'InconsistentTotals';
}

/**
 * @throws {@link InconsistentTotals} with every contradiction
 */
export function assertConsistent(manifest: Manifest): void {
  const { totals, accounts, failures } = manifest;
  const collected = accounts.filter((account) => account.outcome === 'collected');
  const of = (outcome: string) => accounts.filter((account) => account.outcome === outcome).length;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  refuse(
    different('accounts', totals.accounts, 'accounts that are listed', accounts.length),
    different(
      'accounts',
      totals.accounts,
      'accounts that differ',
      new Set(accounts.map(({ id }) => id)).size,
    ),
    different('accounts', totals.accounts, 'expected and skipped', totals.expected + totals.skipped),
    different('expected', totals.expected, 'collected and failed', totals.collected + totals.failed),
    different('collected', totals.collected, 'accounts that are collected', collected.length),
    different('failed', totals.failed, 'accounts that failed', of('failed')),
    different(
      'failed',
      totals.failed,
      'failures by reason',
      sum(failures.map((failure) => failure.accounts)),
    ),
    different('skipped', totals.skipped, 'accounts that are skipped', of('skipped')),
    different('users', totals.users, 'users of accounts', sum(collected.map(({ users }) => users))),
    different(
      'findings',
      totals.findings,
      'findings of accounts',
      sum(collected.map(({ findings }) => findings)),
    ),
    different(
      'findings',
      totals.findings,
      'failures of checks',
      sum(manifest.checks.map(({ fail }) => fail)),
    ),
    ...checks.map(({ id, appliesTo }) => {
      const {
        pass = 0,
        fail = 0,
        exempt = 0,
        notApplicable = 0,
      } = manifest.checks.find((one) => one.id === id) ?? {};
      const rows = appliesTo === 'root' ? totals.collected : totals.users;
      return different(`results of ${id}`, pass + fail + exempt + notApplicable, 'rows that it is for', rows);
    }),
  );
}

export function refuse(...problems: (string | undefined)[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new InconsistentTotals(found.join('; '));
}

function different(what: string, number: number, other: string, otherNumber: number): string | undefined {
  return number === otherNumber ? undefined : `${number} ${what}, but ${otherNumber} ${other}`;
}
