import { type ManifestProps, type Place, buildManifest } from '../../handlers/core/build-manifest';
import { type ChangeCounts, ChangeTotals } from '../../handlers/core/change-totals';
import { Exemptions } from '../../handlers/core/exemptions';
import { ControlResults } from '../../handlers/core/control-results';
import { KeyAges } from '../../handlers/core/key-ages';
import type { Manifest, ManifestAccount, RunContent } from '../../handlers/core/manifest';
import { ruleSetOf } from '../../handlers/core/rule-set';
import {
  COLLECTING_ACCOUNT,
  LEDGER_ORGANIZATION,
  defaultSettings,
} from '../../tools/support/embedded-execution';
import { DATE, accountId } from './stored-run';

export const collectedAccount = (number: number, change: { users?: number; findings?: number } = {}) =>
  ({
    id: accountId(number),
    name: `name-${number}`,
    path: `o-exampleorg1/r-1234/${accountId(number)}/`,
    outcome: 'collected',
    generatedAt: `${DATE}T07:00:00.000Z`,
    collectedAt: `${DATE}T08:01:30.000Z`,
    ageMinutes: 61,
    key: `${DATE}/credentialReport_${accountId(number)}.csv`,
    bytes: 900,
    sha256: '0'.repeat(64),
    evidence: 'verified',
    rootCredentials: 'present',
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

/** Where the runs of the tests take place. */
export const PLACE: Place = {
  environment: 'production',
  organizationId: 'o-exampleorg1',
  accountId: COLLECTING_ACCOUNT,
  region: 'us-east-1',
  productVersion: '1.2.3',
  retentionDays: null,
};

/** What the runs of the tests check. */
export const RULE_SET = ruleSetOf(defaultSettings.checks, 'aws');

/** What a run found that has these accounts. */
export function contentOf(accounts: ManifestAccount[], change: Partial<ManifestProps> = {}): RunContent {
  const ledgerAccounts = accounts.map(({ id, name, outcome }) => ({
    id,
    name,
    state: 'ACTIVE',
    ...(outcome === 'skipped' && { skip: 'SUSPENDED' }),
  }));
  return buildManifest({
    place: PLACE,
    ledger: {
      environment: 'production',
      execution: 'run-1',
      date: DATE,
      startedAt: `${DATE}T08:00:00.000Z`,
      settings: defaultSettings,
      batchSize: 400,
      nonce: '',
      organization: LEDGER_ORGANIZATION,
      accounts: ledgerAccounts,
      openBatches: [],
    },
    accounts,
    principalsWithFindings: 0,
    organizationFindings: 0,
    checkCounts: new Map(),
    unknownColumns: new Set(),
    exemptions: new Exemptions([], DATE),
    ruleSet: RULE_SET,
    frameworks: new ControlResults(RULE_SET).totals,
    keyAges: new KeyAges().totals,
    earlier: undefined,
    changeCounts: undefined,
    notes: [],
    ...change,
  });
}

/** The same as the first manifest of its environment. */
export const manifestOf = (...props: Parameters<typeof contentOf>): Manifest => ({
  version: 3,
  number: 1,
  previous: null,
  recent: [],
  files: [],
  ...contentOf(...props),
});
