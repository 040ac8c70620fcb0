/** Which delivery of an event a request belongs to, and the end of a function in the middle of its work. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type HttpHandlerOptions } from '@smithy/types';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { FunctionName } from '../../local/engine/invocation-faults';

export interface Delivery {
  id: number;
  execution: string;
  function: FunctionName;
  /** Number of the batch and seconds that it has waited; of collect-reports. */
  batch: number | undefined;
  waited: number | undefined;
  /** Requests that the function can still make. */
  requests: number;
  /** Whether it sees its time run out: it has to record what it knows, and must not fail. */
  shortOfTime: boolean;
  /** Whether the function was gone before the end of its work. */
  cutShort: boolean;
  /** What the function failed with. */
  error?: unknown;
}

const DELIVERY = 'x-delivery';
const current = new AsyncLocalStorage<Delivery>();

export const during = <Result>(delivery: Delivery, work: () => Promise<Result>): Promise<Result> =>
  current.run(delivery, work);

/** What a function has another one do is none of its own work. */
export const inNoDelivery = <Result>(work: () => Promise<Result>): Promise<Result> => current.exit(work);

export const deliveryOf = (headers: Record<string, string | undefined>): number => Number(headers[DELIVERY]);

/** The connections of the clients of all functions: what a function that is gone sends goes nowhere. */
export class TrackedConnections extends NodeHttpHandler {
  override handle(
    request: Parameters<NodeHttpHandler['handle']>[0],
    options?: HttpHandlerOptions,
  ): ReturnType<NodeHttpHandler['handle']> {
    const delivery = current.getStore();
    if (delivery) {
      if (delivery.requests-- <= 0) {
        delivery.cutShort = true;
        return Promise.reject(new Error('the function is gone'));
      }
      request.headers[DELIVERY] = String(delivery.id);
    }
    return super.handle(request, options);
  }
}
