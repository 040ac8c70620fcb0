import { NodeHttpHandler } from '@smithy/node-http-handler';

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
  return new NodeHttpHandler({
    connectionTimeout: connect,
    requestTimeout: response,
    throwOnRequestTimeout: true,
    socketTimeout: response,
  });
}
