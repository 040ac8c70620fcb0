/** Sends the requests of an SDK client to a service in this process, without a connection. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { HttpResponse } from '@smithy/core/transport';
import type { HttpHandlerOptions, HttpRequest, RequestHandler } from '@smithy/types';
import { failure } from '../../local/fake-aws/failure';
import { workSignal } from '../../handlers/shared/aws/work-signal';
import type { Service, ServiceRequest, ServiceResponse } from '../../local/fake-aws/service';

/** @param name - of the service, under which it signs */
export function inProcess(
  name: string,
  serve: Service,
): RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  return {
    handle: async (request) => {
      if (workSignal()?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
      const response = await answered(name, serve, await received(request));
      const { connection } = response;
      if (connection) throw Object.assign(new Error(`connection ${connection}`), { code: 'ECONNRESET' });
      return { response: asHttp(request, response) };
    },
  };
}

async function answered(name: string, serve: Service, request: ServiceRequest): Promise<ServiceResponse> {
  try {
    return await serve(request);
  } catch (error) {
    return failure(name, error);
  }
}

async function received({ method, path, query, headers, body }: HttpRequest & { body?: unknown }) {
  const url = new URL(path, 'http://localhost');
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of [value].flat()) url.searchParams.append(name, one ?? '');
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    url,
    headers: Object.fromEntries(lower) as Record<string, string>,
    body: await bytesOf(body),
    accessKeyId: 'AKIALOCALCOLLECTOR00',
    region: 'us-east-1',
  };
}

/** A copy of the body: the caller may use its buffer again. */
async function bytesOf(body: unknown): Promise<Buffer> {
  if (body instanceof Readable) return buffer(body);
  return body instanceof Uint8Array ? Buffer.concat([body]) : Buffer.from((body ?? '') as string);
}

function asHttp({ method }: HttpRequest, { status, headers, body = '' }: ServiceResponse): HttpResponse {
  const content = Buffer.from(method === 'HEAD' ? '' : body);
  return new HttpResponse({
    statusCode: status,
    headers: { ...headers },
    body: Readable.from(content.length > 0 ? [content] : []),
  });
}
