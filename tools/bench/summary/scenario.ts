/** Two runs over an organization of a given size; the second one compares itself with the first. */
import { defaultOptions } from '../../../constructs/environment/environment';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import type { BatchOutcomes, Ledger, Outcome } from '../../../handlers/shared/run-files';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { LEDGER_ORGANIZATION, defaultSettings } from '../../support/embedded-execution';
import { ENVIRONMENT, type SummaryFigures, runInProcess } from './function-process';
import { type TransferredBytes, generatedBucket } from './generated-bucket';
import { GeneratedReports } from './generated-reports';

export const SCENARIOS = [
  { name: 'small-accounts', accounts: 10_000, users: 5 },
  { name: 'many-accounts', accounts: 50_000, users: 20 },
  { name: 'large-accounts', accounts: 2_000, users: 5_000 },
] as const;

export interface Scenario {
  name: string;
  accounts: number;
  /** IAM users of each account. */
  users: number;
}

interface RunOfScenario {
  date: string;
  figures: SummaryFigures;
  bytes: TransferredBytes;
  pageBytes: number;
}

const DATES = ['2026-11-22', '2026-11-23'];

/** @param folder - where the unpacked bundle is, and where objects are stored */
export async function* measureScenario(
  folder: string,
  { name, accounts, users }: Scenario,
  memoryMb: number,
): AsyncGenerator<RunOfScenario> {
  const ids = Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index));
  const batches = batchesOf(ids, defaultOptions.scale.batchSize);
  const reports = new GeneratedReports(ids, users);
  const runs = DATES.map((date) => runOf(date, name));
  const bucket = generatedBucket({ folder, reports, batches, runs });
  const endpoint = await LocalEndpoint.start({ s3: bucket.serve });
  try {
    for (const date of DATES) {
      const run = runOf(date, name);
      const ledger = bucket.place(keys.ledger(run), ledgerOf(ids, date, name));
      for (const [index, batch] of batches.entries()) {
        const outcomes = batch.map((id) => collected(id, date, reports));
        const file: BatchOutcomes = { batch: index + 1, outcomes };
        bucket.place(keys.outcomes(run, file.batch), file);
      }
      const figures = await runInProcess({ folder, url: endpoint.url, event: { run, ledger }, memoryMb });
      if (!figures.result.complete) throw new Error(`The run of ${date} is not complete`);
      const pageBytes = bucket.size(keys.day(date, 'index.html'));
      yield { date, figures, bytes: bucket.takeTransferredBytes(), pageBytes };
    }
  } finally {
    await endpoint.stop();
  }
}

function batchesOf(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}

function ledgerOf(ids: readonly string[], date: string, execution: string): Ledger {
  const accounts = ids.map((id) => ({
    id,
    name: `account-${id}`,
    state: 'ACTIVE',
    path: `o-exampleorg1/r-1234/ou-1234-12345678/${id}/`,
  }));
  return {
    environment: ENVIRONMENT,
    execution,
    date,
    startedAt: `${date}T08:00:00.000Z`,
    settings: { ...defaultSettings, digest: 'always' },
    batchSize: defaultOptions.scale.batchSize,
    nonce: execution,
    organization: LEDGER_ORGANIZATION,
    accounts,
    openBatches: [],
  };
}

function collected(account: string, date: string, reports: GeneratedReports): Outcome {
  return {
    account,
    outcome: 'collected',
    generatedAt: `${date}T07:59:00.000Z`,
    collectedAt: `${date}T08:01:00.000Z`,
    key: keys.report(date, account),
    versionId: `${date}-${account}`.padEnd(32, '0'),
    ...reports.factsOf(account),
  };
}
