import { FunctionError, type Lambda } from '../engine/lambda';
import { type Service, ServiceError } from './service';

/** Name of the function that a request to AWS Lambda invokes; undefined for any other request. */
export function invokedFunction(path: string): string | undefined {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** AWS Lambda for a function that invokes another one and waits for its result. */
export const lambdaService =
  (lambda: Pick<Lambda, 'invoke'>): Service =>
  async ({ url, headers, body }) => {
    const name = invokedFunction(url.pathname);
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (name === undefined || type !== 'RequestResponse')
      throw new ServiceError(501, 'NotImplemented', `${url.pathname} is not supported`);
    try {
      const result = await lambda.invoke(name, JSON.parse(body.toString()));
      return { status: 200, body: JSON.stringify(result) };
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: error.message };
    }
  };
