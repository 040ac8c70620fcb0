import type { Lambda } from '../engine/lambda';
import { type Service, ServiceError } from './service';

/** Name of the function that a request to AWS Lambda invokes; undefined for any other request. */
export function invokedFunction(path: string): string | undefined {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/**
 * AWS Lambda for a function that invokes another one asynchronously. Errors of the invoked function are in its own log.
 */
export const lambdaService =
  (lambda: Pick<Lambda, 'invoke'>): Service =>
  ({ url, headers, body }) => {
    const name = invokedFunction(url.pathname);
    if (name === undefined || headers['x-amz-invocation-type'] !== 'Event')
      throw new ServiceError(501, 'NotImplemented', `${url.pathname} is not supported`);
    lambda.invoke(name, JSON.parse(body.toString())).catch(() => undefined);
    return { status: 202 };
  };
