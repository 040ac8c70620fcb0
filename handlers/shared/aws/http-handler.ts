import { NodeHttpHandler } from '@smithy/node-http-handler';
import { workSignal } from './work-signal';

export interface Timeouts {
  /** Longest wait for a connection, ms. */
  connect: number;
  /** Longest wait for the first bytes of a response, and then for the next ones, ms. */
  response: number;
}

const TIMEOUTS: Timeouts = { connect: 3_000, response: 10_000 };

/**
 * The HTTP handler that all clients of a function share, so that connections stay open. A request without a response, or
 * whose response stops halfway, times out early enough to try again and to record the outcomes.
 */
export function httpHandler({ connect, response } = TIMEOUTS): NodeHttpHandler {
  return new SignalledHandler({
    connectionTimeout: connect,
    requestTimeout: response,
    throwOnRequestTimeout: true,
    socketTimeout: response,
  });
}

/** Ends requests with the work that they are a part of, unless they have a signal of their own. */
export class SignalledHandler extends NodeHttpHandler {
  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    return super.handle(request, { abortSignal: workSignal(), ...options });
  }
}
