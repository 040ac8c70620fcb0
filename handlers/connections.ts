import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * The connections of a function, kept open and shared by all of its clients. A request that gets no answer is
 * given up in time for another attempt, and for the function to record what it knows.
 */
export function connections(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  });
}
