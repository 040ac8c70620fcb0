/** Tells which delivery of an event a request belongs to, and stops a function in the middle of its work. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type HttpHandlerOptions } from '@smithy/types';
import { SignalledHandler } from '../../handlers/shared/aws/http-handler';
import type { CollectReportsEvent } from '../../handlers/shared/events';
import type { FunctionName } from '../../local/engine/invocation-faults';

export interface Delivery {
  id: number;
  execution: string;
  function: FunctionName;
  event: unknown;
  /** Number of the batch, and seconds that it has waited; only for `collect-reports`. */
  batch: number | undefined;
  waited: number | undefined;
  /** Requests that the function can still make. */
  requests: number;
  /** Whether little of the function's time is left: it has to record its outcomes, and must not fail. */
  shortOfTime: boolean;
  /** Whether the function was stopped before it finished. */
  interrupted: boolean;
  /** What the function failed with. */
  error?: unknown;
}

interface DeliveryProps extends Pick<Delivery, 'id' | 'execution' | 'event'> {
  name: FunctionName;
  /** @default - no limit */
  requests?: number;
  /** @default false */
  shortOfTime?: boolean;
}

export function deliveryOf(props: DeliveryProps): Delivery {
  const { id, execution, name, event, requests = Infinity, shortOfTime = false } = props;
  const { batch, waited } = event as Partial<CollectReportsEvent>;
  return {
    id,
    execution,
    function: name,
    event,
    batch,
    waited,
    requests,
    shortOfTime,
    interrupted: false,
  };
}

const DELIVERY_HEADER = 'x-delivery';
const current = new AsyncLocalStorage<Delivery>();

export const inDelivery = <Result>(delivery: Delivery, work: () => Promise<Result>): Promise<Result> =>
  current.run(delivery, work);

export const deliveryIdOf = (headers: Record<string, string | undefined>): number =>
  Number(headers[DELIVERY_HEADER]);

/** The HTTP handler of all clients: it fails the requests of a function that was stopped. */
export class TrackedConnections extends SignalledHandler {
  override handle(
    request: Parameters<SignalledHandler['handle']>[0],
    options?: HttpHandlerOptions,
  ): ReturnType<SignalledHandler['handle']> {
    const delivery = current.getStore();
    if (delivery) {
      if (delivery.requests-- <= 0) {
        delivery.interrupted = true;
        return Promise.reject(new Error('the function was stopped'));
      }
      request.headers[DELIVERY_HEADER] = String(delivery.id);
    }
    return super.handle(request, options);
  }
}
