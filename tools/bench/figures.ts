import { type Call, model } from './model';
import type { RunResult } from './modeled-run';

/** What a run took, or a run that exceeded a limit until then. */
export interface RunFigures {
  seconds: number;
  transitions: number;
  maxHistoryEvents: number;
  maxPayloadBytes: number;
  invocations: number;
  gbSeconds: number;
  /** Step Functions and Lambda, per run. */
  usd: number;
  usdPerMonth: number;
  usdTransitions: number;
  usdLambda: number;
}

/** With one run per day. */
const RUNS_PER_MONTH = 365 / 12;

export function figuresOf({ seconds, histories, lambda }: RunResult): RunFigures {
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
    usdPerMonth: rounded((usdTransitions + usdLambda) * RUNS_PER_MONTH, 2),
    usdTransitions: rounded(usdTransitions, 4),
    usdLambda: rounded(usdLambda, 4),
  };
}

/** Requests to S3, per run. Every design that stores each report as an object pays them. */
export function s3UsdOf({ services }: RunResult): number {
  const calls = (...names: Call[]) =>
    names.reduce((sum, name) => sum + (services.aws.calls.get(name) ?? 0), 0);
  const { usdPerPut, usdPerGet } = model.s3;
  return rounded(
    calls('PutObject', 'CopyObject', 'ListObjectsV2') * usdPerPut + calls('GetObject') * usdPerGet,
    4,
  );
}

/** What a run causes in other services, which charge for it. */
export interface Caused {
  /** Management events of CloudTrail, in all accounts. */
  managementEvents: number;
  /** Calls for objects: data events, which a trail logs only if it is told to. */
  dataEvents: number;
  logBytes: number;
}

/** What other services charge for what a run causes, with one run per day. */
export interface CausedCosts {
  /** Each copy of the management events after the first, which is free. */
  usdTrailCopyPerMonth: number;
  /** Analysis of the management events by GuardDuty in one Region. */
  usdGuardDutyPerMonth: number;
  /** A trail that logs the data events of the bucket. */
  usdDataEventsPerMonth: number;
  /** Analysis of those by GuardDuty. */
  usdGuardDutyDataPerMonth: number;
  /** Ingestion of the logs of the functions. */
  usdLogsPerMonth: number;
}

export function costsOf({ managementEvents, dataEvents, logBytes }: Caused): CausedCosts {
  const { cloudTrail, guardDuty, logs } = model;
  const perMonth = (usd: number) => rounded(usd * RUNS_PER_MONTH, 2);
  return {
    usdTrailCopyPerMonth: perMonth(managementEvents * cloudTrail.usdPerManagementEvent),
    usdGuardDutyPerMonth: perMonth(managementEvents * guardDuty.usdPerManagementEvent),
    usdDataEventsPerMonth: perMonth(dataEvents * cloudTrail.usdPerDataEvent),
    usdGuardDutyDataPerMonth: perMonth(dataEvents * guardDuty.usdPerDataEvent),
    usdLogsPerMonth: perMonth((logBytes / 2 ** 30) * logs.usdPerGib),
  };
}

export interface CausedFigures extends CausedCosts {
  stsCallsPerAccount: number;
  managementEventsPerAccount: number;
  dataEventsPerAccount: number;
  logBytesPerAccount: number;
}

const S3_CALLS: readonly Call[] = ['PutObject', 'CopyObject', 'GetObject', 'ListObjectsV2'];

export function causedFiguresOf(
  calls: ReadonlyMap<Call, number>,
  logBytes: number,
  accounts: number,
): CausedFigures {
  const managementEvents = [...calls].reduce(
    (sum, [call, count]) => sum + model.managementEvents[call] * count,
    0,
  );
  const dataEvents = S3_CALLS.reduce((sum, call) => sum + (calls.get(call) ?? 0), 0);
  return {
    stsCallsPerAccount: rounded((calls.get('AssumeRole') ?? 0) / accounts, 3),
    managementEventsPerAccount: rounded(managementEvents / accounts, 2),
    dataEventsPerAccount: rounded(dataEvents / accounts, 2),
    logBytesPerAccount: rounded(logBytes / accounts, 0),
    ...costsOf({ managementEvents, dataEvents, logBytes }),
  };
}

export function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
