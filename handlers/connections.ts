import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface Timeouts {
  /** Longest wait for a connection, ms. */
  connect: number;
  /** Longest wait for an answer, and for the next bytes of it, ms. */
  answer: number;
}

/** Three attempts of a call that is never answered fit into the time of the function several times. */
const TIMEOUTS: Timeouts = { connect: 5_000, answer: 30_000 };

/**
 * The connections of a function's clients. A service that falls silent is an error like any other and tried
 * again; by default the SDK would wait until the function's own time is up, and with `requestTimeout` alone too,
 * which only warns.
 */
export function connections({ connect, answer } = TIMEOUTS): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: connect, socketTimeout: answer });
}
