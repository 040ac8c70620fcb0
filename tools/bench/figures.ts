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

export function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
