import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface Timeouts {
  /** Longest wait for a connection, ms. */
  connect: number;
  /** Longest wait for the first bytes of an answer, and then for its next ones, ms. */
  answer: number;
}

const TIMEOUTS: Timeouts = { connect: 3_000, answer: 10_000 };

/**
 * The HTTP handler that all clients of a function share, so that connections stay open. A request that is not answered, or
 * whose answer stops halfway, is given up early enough for another attempt and for recording the outcomes.
 */
export function httpHandler({ connect, answer } = TIMEOUTS): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connect,
    requestTimeout: answer,
    throwOnRequestTimeout: true,
    socketTimeout: answer,
  });
}
