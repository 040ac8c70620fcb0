import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface Timeouts {
  /** Longest wait for a connection, ms. */
  connect: number;
  /** Longest wait for an answer to begin, and then for its next bytes, ms. */
  answer: number;
}

const TIMEOUTS: Timeouts = { connect: 3_000, answer: 10_000 };

/**
 * The connections of a function, kept open and shared by all of its clients. A request that gets no answer, or
 * whose answer falls silent in its middle, is given up in time for another attempt, and for the function to
 * record what it knows.
 */
export function connections({ connect, answer } = TIMEOUTS): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connect,
    requestTimeout: answer,
    throwOnRequestTimeout: true,
    socketTimeout: answer,
  });
}
