import type { Lambda } from '../engine/lambda';
import { type Service, ServiceError } from './service';

/** Name of the function that a request to AWS Lambda invokes; nothing if it does something else. */
export function invokedFunction(path: string): string | undefined {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/**
 * AWS Lambda as a function sees it that invokes another one and does not wait for what becomes of it; that is in
 * the log of the other.
 */
export const lambdaService =
  (lambda: Pick<Lambda, 'invoke'>): Service =>
  ({ url, headers, body }) => {
    const name = invokedFunction(url.pathname);
    if (name === undefined || headers['x-amz-invocation-type'] !== 'Event')
      throw new ServiceError(501, 'NotImplemented', `no ${url.pathname} here`);
    lambda.invoke(name, JSON.parse(body.toString())).catch(() => undefined);
    return { status: 202 };
  };
