import { type ManifestProps, buildManifest } from '../../handlers/core/build-manifest';
import { type ChangeCounts, ChangeTotals } from '../../handlers/core/change-totals';
import { Exemptions } from '../../handlers/core/exemptions';
import type { Manifest, ManifestAccount } from '../../handlers/core/manifest';
import { CONTEXT } from './rows';
import { DATE, accountId } from './stored-run';

export const collectedAccount = (number: number, change: { users?: number; findings?: number } = {}) =>
  ({
    id: accountId(number),
    name: `name-${number}`,
    path: `o-example/r-1234/${accountId(number)}/`,
    outcome: 'collected',
    generatedAt: `${DATE}T07:00:00.000Z`,
    collectedAt: `${DATE}T08:01:30.000Z`,
    ageMinutes: 61,
    bytes: 900,
    users: 1,
    findings: 0,
    ...change,
  }) satisfies ManifestAccount;
export const failedAccount = (number: number, reason: 'denied' | 'throttled' | 'not-ready' = 'denied') =>
  ({
    id: accountId(number),
    name: `name-${number}`,
    outcome: 'failed',
    reason,
    detail: 'refused',
  }) satisfies ManifestAccount;
export const skippedAccount = (number: number) =>
  ({
    id: accountId(number),
    name: `name-${number}`,
    outcome: 'skipped',
    state: 'SUSPENDED',
    detail: 'SUSPENDED',
  }) satisfies ManifestAccount;

/** The numbers of a run in which nothing changed. */
export const NO_CHANGES: ChangeCounts = new ChangeTotals({}, {}).all;

/** The manifest of a run with these accounts. */
export function manifestOf(accounts: ManifestAccount[], change: Partial<ManifestProps> = {}): Manifest {
  const ledgerAccounts = accounts.map(({ id, name, outcome }) => ({
    id,
    name,
    state: 'ACTIVE',
    ...(outcome === 'skipped' && { skip: 'SUSPENDED' }),
  }));
  return buildManifest({
    environment: 'production',
    ledger: { execution: 'run-1', date: DATE, accounts: ledgerAccounts },
    startedAt: `${DATE}T08:00:00.000Z`,
    accounts,
    principalsWithFindings: 0,
    checkCounts: new Map(),
    unknownColumns: new Set(),
    exemptions: new Exemptions([], DATE),
    thresholds: CONTEXT.thresholds,
    earlier: undefined,
    changeCounts: NO_CHANGES,
    comparisonNotes: [],
    ...change,
  });
}
