/** What holds for the ledger and the batches of a run, whatever becomes of the organization meanwhile. */
import type { Ledger } from '../../handlers/shared/run-files';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export function listingRules(simulation: Simulation, run: Run, files: RunFiles): BrokenRule[] {
  const { ledger, ledgerHash, batches } = files;
  const listed = ledger.accounts.map(({ id }) => id).sort();
  const expected = ledger.accounts.flatMap(({ id, skip }) => (skip === undefined ? id : [])).sort();
  const batched = batches.flatMap(({ accounts }) => accounts).sort();
  const isForeign = batches.some((batch) => batch.run !== files.run || batch.ledger !== ledgerHash);
  const differing = run.repeatedListings.filter(
    ({ first, again }) => JSON.stringify(first) !== JSON.stringify(again),
  );
  return [
    ...brokenIf(
      listed.join() !== expectedLedger(simulation, run, ledger).join(),
      'the ledger has every account of the organization once',
      listed.join(),
    ),
    ...brokenIf(
      !isToldRight(run, ledger),
      'central root access passes if IAM said so, and is unknown only if a fault hit the question',
      `${run.execution}: ${JSON.stringify(ledger.organization)}`,
    ),
    ...brokenIf(
      batched.join() !== expected.join() || isForeign,
      'the batches have every expected account of their ledger once',
      `${run.execution}: ${batched.join()}`,
    ),
    ...brokenIf(
      differing.length > 0,
      'a listing that is repeated adopts the ledger, although the organization has changed',
      `${run.execution}: ${JSON.stringify(differing)}`,
    ),
  ];
}

/** The embedded organization has central root access. */
function isToldRight({ hits }: Run, { organization }: Ledger): boolean {
  const isHit = hits.some(({ name }) => name === 'iam:ListOrganizationsFeatures');
  const { result } = organization.rootCredentials;
  return result === 'pass' || (result === 'unknown' && isHit);
}

/** An account that left during the run has to be listed; one that left before may be missing. */
function expectedLedger(simulation: Simulation, { hits }: Run, { accounts }: Ledger): string[] {
  const listed = new Set(accounts.map(({ id }) => id));
  const leftDuringRun = new Set(
    hits.flatMap(({ kind, account }) => (kind === 'account-left' ? account : [])),
  );
  return [...simulation.accounts.keys()]
    .filter((id) => simulation.organization.account(id) ?? (listed.has(id) || leftDuringRun.has(id)))
    .sort();
}
