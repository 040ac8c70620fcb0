import type { SynthesizedStack } from '../../local/synthesized-stack';
import { deployedDesign } from './designs/deployed-design';
import { publishedDesign } from './designs/published-design';
import { type CausedFigures, type RunFigures, causedFiguresOf, figuresOf, rounded, s3UsdOf } from './figures';
import { model } from './model';
import { type RunProps, modeledRun } from './modeled-run';
import type { ReportTime } from './seeded-random';
import { START } from './virtual-time';

export interface SizeFigures extends RunFigures, CausedFigures {
  accounts: number;
  assumed: { seed: number; report: ReportTime };
  collected: number;
  status: string;
  /** Listing at its quota, then the slowest report, then one poll: without requesting reports early. */
  floorSeconds: number;
  /** If each report is requested as soon as its account is listed, then one poll: no collection can be faster. */
  leastSeconds: number;
  slowestReportSeconds: number;
  /** Seconds until people have the results, in proportion to `floorSeconds`. */
  ratio: number;
  /** The same in proportion to `leastSeconds`. */
  leastRatio: number;
  /** Seconds of the whole run, the export included, in proportion to `leastSeconds`. */
  endRatio: number;
  /** Until the last report was stored. */
  collectedSeconds: number;
  /** `collectedSeconds` in proportion to `floorSeconds`. */
  collectedRatio: number;
  summarySeconds: number;
  /** Handing the results to other systems, after the summary; 0 if they get nothing. */
  exportSeconds: number;
  parentHistoryEvents: number;
  listingSeconds: number;
  /** Requests to S3, which `usd` does not include. */
  usdS3: number;
  /** Calls that exceeded the quota of STS. */
  stsThrottled: number;
  maxConcurrentInvocations: number;
  published: RunFigures & { succeeded: boolean; error: string | null; collected: number };
}

/** Runs this project's design and the published one with the same organization. */
export async function measure(stack: SynthesizedStack, props: RunProps): Promise<SizeFigures> {
  const deployed = await modeledRun(deployedDesign(stack), props);
  const published = await modeledRun(publishedDesign, { ...props, onReport: () => undefined });
  const { services, lambda, histories } = deployed;
  const slowest = services.organization.slowestSeconds;
  const floor = listingSeconds(props.accounts) + slowest + POLL_SECONDS;
  const least = services.organization.readySeconds((index) => listingSeconds(index + 1)) + POLL_SECONDS;
  const collected = (services.bucket.lastReportAt - START) / 1000;
  return {
    accounts: props.accounts,
    assumed: { seed: props.seed, report: props.reportTime },
    collected: services.bucket.reports,
    status: deployed.error ?? deployed.status,
    ...figuresOf(deployed),
    ...causedFiguresOf(services.aws.calls, deployed.logBytes, props.accounts),
    floorSeconds: rounded(floor),
    leastSeconds: rounded(least),
    slowestReportSeconds: rounded(slowest),
    ratio: rounded(deployed.resultSeconds / floor, 3),
    leastRatio: rounded(deployed.resultSeconds / least, 3),
    endRatio: rounded(deployed.seconds / least, 3),
    collectedSeconds: rounded(collected),
    collectedRatio: rounded(collected / floor, 3),
    summarySeconds: rounded(lambda.longestSeconds('summarize-run')),
    exportSeconds: rounded(lambda.longestSeconds('export-results')),
    parentHistoryEvents: histories.maxParentEvents,
    listingSeconds: rounded(lambda.longestSeconds('list-accounts')),
    usdS3: s3UsdOf(deployed),
    stsThrottled: services.aws.sts.throttled,
    maxConcurrentInvocations: lambda.maxConcurrent,
    published: {
      succeeded: published.status === 'SUCCEEDED',
      error: published.error ?? null,
      collected: published.services.bucket.reports,
      ...figuresOf(published),
    },
  };
}

/** One poll of a report that is ready. */
const POLL_SECONDS =
  (model.latencyMs.AssumeRole +
    model.latencyMs.GenerateCredentialReport +
    model.latencyMs.GetCredentialReport +
    model.latencyMs.PutObject) /
  1000;

/** Pages of ListAccounts at its quota; those of the burst take no time. */
function listingSeconds(accounts: number): number {
  const { page, burst, perSecond } = model.listAccounts;
  return Math.max(0, Math.ceil(accounts / page) - burst) / perSecond;
}
