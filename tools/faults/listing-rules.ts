/** What holds for the ledger and the batches of a run, whatever becomes of the organization meanwhile. */
import type { Ledger } from '../../handlers/shared/run-files';
import { type BrokenRule, brokenIf } from './broken-rule';
import type { Run } from './faulty-run';
import type { RunFiles } from './run-files';
import type { Simulation } from './simulation';

export function listingRules(simulation: Simulation, run: Run, files: RunFiles): BrokenRule[] {
  const { ledger, batches } = files;
  const listed = ledger.accounts.map(({ id }) => id).sort();
  const expected = ledger.accounts.flatMap(({ id, skip }) => (skip === undefined ? id : [])).sort();
  const own = batches.filter(({ run, nonce }) => run === files.run && nonce === ledger.nonce);
  // A batch whose response was lost, and that could not be read then, is written once more with another number.
  const used = own
    .map((batch) => ({
      ...batch,
      accounts: batch.accounts.filter((account) => files.batchOf.get(account) === batch.batch),
    }))
    .filter(({ accounts }) => accounts.length > 0);
  const batched = used.flatMap(({ accounts }) => accounts).sort();
  const open = used.filter(({ whileListing }) => !whileListing).map(({ batch }) => batch);
  // In the order of their accounts: numbers that another try has taken are passed over.
  const named = ledger.openBatches.toSorted((one, other) => one - other);
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
      batched.join() !== expected.join() || open.join() !== named.join(),
      'the batches of a ledger have every expected account once, and those of the Map are open',
      `${run.execution}: ${batched.join()}; open ${open.join()}, in the ledger ${named.join()}`,
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
