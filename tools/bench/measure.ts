import type { SynthesizedStack } from '../../local/synthesized-stack';
import type { ReportTime } from './chance';
import { model } from './model';
import { type RunProps, type RunResult, modelledRun } from './modelled-run';
import { ourDesign } from './our-design';
import { publishedDesign } from './published-design';
import { START } from './virtual-time';

/** What a run took; figures of a run that broke end where it broke. */
export interface Figures {
  seconds: number;
  transitions: number;
  maxHistoryEvents: number;
  maxPayloadBytes: number;
  invocations: number;
  gbSeconds: number;
  /** Of Step Functions and Lambda, a run. */
  usd: number;
  usdPerMonth: number;
  usdTransitions: number;
  usdLambda: number;
}

export interface SizeFigures extends Figures {
  accounts: number;
  assumed: { seed: number; report: ReportTime };
  collected: number;
  status: string;
  /** Listing at its quota, then the slowest report, then one look: what asking after the listing takes. */
  floorSeconds: number;
  /** Every account asked as soon as it is listed, then one look: no design that lists first has the reports sooner. */
  leastSeconds: number;
  slowestReportSeconds: number;
  /** Seconds to the floor. */
  ratio: number;
  /** Until the last report was in the bucket. */
  collectedSeconds: number;
  /** That to the floor. */
  collectedRatio: number;
  summarySeconds: number;
  parentHistoryEvents: number;
  listingSeconds: number;
  /** Requests to S3; every design that stores reports one by one pays them. */
  usdS3: number;
  /** Refused for the quota of STS. */
  stsRefusals: number;
  mostInvocationsAtOnce: number;
  comparator: Figures & { completes: boolean; breaksOn: string | null; collected: number };
}

/** Days of a month, for a run a day. */
const DAYS = 365 / 12;

/** Runs this project's design and the published one over the same organization. */
export async function measure(stack: SynthesizedStack, props: RunProps): Promise<SizeFigures> {
  const ours = await modelledRun(ourDesign(stack), props);
  const published = await modelledRun(publishedDesign, { ...props, onReport: () => undefined });
  const { world, lambda, histories } = ours;
  const slowest = world.organization.slowestSeconds;
  const floor = listingSeconds(props.accounts) + slowest + ONE_LOOK;
  const collected = (world.bucket.lastReportAt - START) / 1000;
  return {
    accounts: props.accounts,
    assumed: { seed: props.seed, report: props.reportTime },
    collected: world.bucket.reports,
    status: ours.error ?? ours.status,
    ...figuresOf(ours),
    floorSeconds: rounded(floor),
    leastSeconds: rounded(world.organization.readySeconds((index) => listingSeconds(index + 1)) + ONE_LOOK),
    slowestReportSeconds: rounded(slowest),
    ratio: rounded(ours.seconds / floor, 3),
    collectedSeconds: rounded(collected),
    collectedRatio: rounded(collected / floor, 3),
    summarySeconds: rounded(longest(lambda.longest, 'summarize-run')),
    parentHistoryEvents: histories.maxParentEvents,
    listingSeconds: rounded(longest(lambda.longest, 'list-accounts')),
    usdS3: rounded(s3Usd(ours), 4),
    stsRefusals: world.aws.sts.refused,
    mostInvocationsAtOnce: lambda.mostAtOnce,
    comparator: {
      completes: published.status === 'SUCCEEDED',
      breaksOn: published.error ?? null,
      collected: published.world.bucket.reports,
      ...figuresOf(published),
    },
  };
}

/** The calls of a report that is ready, s. */
const ONE_LOOK =
  (model.latencyMs.AssumeRole +
    model.latencyMs.GenerateCredentialReport +
    model.latencyMs.GetCredentialReport +
    model.latencyMs.PutObject) /
  1000;

/** The pages of ListAccounts at its quota; the calls of the burst take no time. */
function listingSeconds(accounts: number): number {
  const { page, burst, perSecond } = model.listAccounts;
  return Math.max(0, Math.ceil(accounts / page) - burst) / perSecond;
}

function figuresOf({ seconds, histories, lambda }: RunResult): Figures {
  const { usdPerGbSecond, usdPerInvocation } = model.lambda;
  const usdTransitions = histories.transitions * model.stepFunctions.usdPerTransition;
  const usdLambda = lambda.gbSeconds * usdPerGbSecond + lambda.invocations * usdPerInvocation;
  return {
    seconds: rounded(seconds),
    transitions: histories.transitions,
    maxHistoryEvents: Math.max(histories.maxParentEvents, histories.maxChildEvents),
    maxPayloadBytes: histories.maxPayloadBytes,
    invocations: lambda.invocations,
    gbSeconds: rounded(lambda.gbSeconds),
    usd: rounded(usdTransitions + usdLambda, 4),
    usdPerMonth: rounded((usdTransitions + usdLambda) * DAYS, 2),
    usdTransitions: rounded(usdTransitions, 4),
    usdLambda: rounded(usdLambda, 4),
  };
}

function s3Usd({ world }: RunResult): number {
  const calls = (name: 'PutObject' | 'GetObject' | 'ListObjectsV2') => world.aws.calls.get(name) ?? 0;
  const { usdPerPut, usdPerGet } = model.s3;
  return (calls('PutObject') + calls('ListObjectsV2')) * usdPerPut + calls('GetObject') * usdPerGet;
}

function longest(seconds: ReadonlyMap<string, number>, suffix: string): number {
  return [...seconds].find(([name]) => name.endsWith(suffix))?.[1] ?? 0;
}

function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
