/** Faults between a state and its function: AWS Lambda invokes a function at least once, not exactly once. */
import { FunctionError } from './lambda';
import { Random } from '../fake-aws/random';

const KINDS = [
  'refused',
  'crash',
  'out-of-time',
  'answer-lost',
  'twice',
  'twice-at-once',
  'again-later',
  'short-of-time',
] as const;
const FUNCTIONS = ['list-accounts', 'collect-reports', 'summarize-run'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export interface InvocationFault {
  function: FunctionName;
  /**
   * - `refused`: the function is not started.
   * - `crash`, `out-of-time`: it ends after `requests` requests.
   * - `answer-lost`: it does its work, but the state does not get the result.
   * - `twice`, `twice-at-once`: the same event is delivered again, after or beside the first.
   * - `again-later`: the same event is delivered again after the next one.
   * - `short-of-time`: it has only `requests` ms before it must write its outcomes.
   */
  kind: (typeof KINDS)[number];
  /** Invocations of the function that succeed before it. */
  after: number;
  /** Invocations that then fail; `Infinity` for all. */
  times: number;
  requests: number;
}

/** Limits of one delivery. */
export interface Leeway {
  /** @default - no limit */
  requests?: number;
  /** Milliseconds before it must write its outcomes. @default - no limit */
  time?: number;
}

export type Deliver = (name: FunctionName, event: unknown, leeway: Leeway) => Promise<unknown>;

/** Invokes functions with these faults. If several match an invocation, the first applies. */
export function faultyInvocations(faults: readonly InvocationFault[], deliver: Deliver) {
  const seen = new Map<FunctionName, number>();
  const postponed = new Map<FunctionName, unknown[]>();
  return async (name: FunctionName, event: unknown): Promise<unknown> => {
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    const fault = faults.find(
      (one) => one.function === name && number >= one.after && number < one.after + one.times,
    );
    const late = postponed.get(name) ?? [];
    postponed.set(name, []);
    const result = fault ? hit(fault) : deliver(name, event, {});
    await result.catch(() => undefined);
    for (const one of late) await deliver(name, one, {}).catch(() => undefined);
    return result;

    async function hit({ kind, requests }: InvocationFault): Promise<unknown> {
      switch (kind) {
        case 'refused':
          throw new FunctionError('Lambda.TooManyRequestsException', 'a fault throttled the invocation');
        case 'crash':
        case 'out-of-time':
          await deliver(name, event, { requests }).catch(() => undefined);
          throw new FunctionError(
            kind === 'crash' ? 'Lambda.Unknown' : 'Sandbox.Timedout',
            'ended by a fault',
          );
        case 'answer-lost':
          await deliver(name, event, {});
          throw new FunctionError('Lambda.SdkClientException', 'a fault lost the response');
        case 'twice':
          await deliver(name, event, {}).catch(() => undefined);
          return deliver(name, event, {});
        case 'twice-at-once': {
          const first = deliver(name, event, {});
          await Promise.allSettled([first, deliver(name, event, {})]);
          return first;
        }
        case 'again-later':
          postponed.set(name, [...(postponed.get(name) ?? []), event]);
          return deliver(name, event, {});
        case 'short-of-time':
          return deliver(name, event, { time: requests });
      }
    }
  };
}

/** A random fault that depends only on the seed. */
export function drawInvocationFault(seed: number): InvocationFault {
  const random = new Random(seed);
  return {
    // Mostly the one that is invoked most often.
    function: random.oneIn(6) ? random.oneOf(FUNCTIONS) : 'collect-reports',
    kind: random.oneOf(KINDS),
    after: random.between(0, 8),
    times: random.oneOf([1, 1, 2, 3, 9, Infinity]),
    requests: random.between(0, 25),
  };
}
