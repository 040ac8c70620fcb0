/** Two runs over an organization of a given size; the second one compares itself with the first. */
import { defaultOptions } from '../../../constructs/environment/environment';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { ReviewWriter } from '../../../handlers/collect-reports/review-writer';
import { reviewerOf } from '../../../handlers/report-review/reviewer';
import {
  type BatchOutcomes,
  type Ledger,
  type Outcome,
  reviewSettingsOf,
} from '../../../handlers/shared/run-files';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { LEDGER_ORGANIZATION, defaultSettings } from '../../support/embedded-execution';
import { ENVIRONMENT, type SummaryFigures, runInProcess } from './function-process';
import { type TransferredBytes, generatedBucket } from './generated-bucket';
import { GeneratedReports } from './generated-reports';

export const SCENARIOS = [
  { name: 'small-accounts', accounts: 10_000, users: 5 },
  { name: 'most-accounts', accounts: 50_000, users: 5 },
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

/** @param folder - where the unpacked bundle is */
export async function* measureScenario(
  folder: string,
  { name, accounts, users }: Scenario,
  memoryMb: number,
): AsyncGenerator<RunOfScenario> {
  const ids = Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index));
  const batches = batchesOf(ids);
  const reports = new GeneratedReports(ids, users);
  const bucket = generatedBucket(reports);
  const endpoint = await LocalEndpoint.start({ s3: bucket.serve });
  try {
    for (const date of DATES) {
      const run = runOf(date, name);
      const content = ledgerOf(ids, date, name);
      const ledger = bucket.place(keys.ledger(run), content);
      const reviewer = reviewerOf(reviewSettingsOf(content), 'aws');
      for (const [index, accounts] of batches.entries()) {
        const reviews = new ReviewWriter(reviewer);
        const batch = index + 1;
        const outcomes = accounts.map((id) => collected(id, date, reports, reviews));
        bucket.place(keys.outcomes(run, batch), { batch, outcomes } satisfies BatchOutcomes);
        if (reviews.text !== '') bucket.place(keys.reviews(run, batch, 0), reviews.text);
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

const batchCount = ({ length }: readonly string[]) => Math.ceil(length / defaultOptions.scale.batchSize);

/** Each has accounts of the whole organization, as `ListAccounts` returns them. */
function batchesOf(ids: readonly string[]): string[][] {
  const count = batchCount(ids);
  return Array.from({ length: count }, (_, batch) => ids.filter((_id, index) => index % count === batch));
}

function ledgerOf(ids: readonly string[], date: string, execution: string): Ledger {
  const count = batchCount(ids);
  const accounts = ids.map((id, index) => ({
    id,
    batch: (index % count) + 1,
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

function collected(account: string, date: string, reports: GeneratedReports, reviews: ReviewWriter): Outcome {
  const facts = reports.factsOf(account);
  const times = { generatedAt: `${date}T07:59:00.000Z`, collectedAt: `${date}T08:01:00.000Z` };
  const content = Buffer.from(reports.of(account));
  const review = reviews.add(
    { id: account, content, ...times, serviceCredentials: undefined },
    { report: facts.sha256 },
  );
  return {
    account,
    outcome: 'collected',
    ...times,
    key: keys.report(date, account),
    versionId: `${date}-${account}`.padEnd(32, '0'),
    ...facts,
    ...(review !== undefined && { review }),
  };
}
