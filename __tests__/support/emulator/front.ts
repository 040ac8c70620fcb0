import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestTo } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { LoopbackServer } from '../loopback-server';

export interface Request {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer | string;
}

/** Something that moto does not do, or does otherwise than AWS. */
export interface Gap {
  /** Answers a request in its place, or changes it. */
  before?: (request: Request) => Promise<Answer | undefined> | Answer | undefined;
  /** Changes what moto answered. */
  after?: (request: Request, answer: Answer) => Answer;
}

/** A loopback server that stands in front of moto and fills its gaps; all else passes through. */
export class Front extends LoopbackServer {
  /** Where moto is; it starts after this server, since it has to know its port. */
  moto = '';
  readonly gaps: Gap[] = [];

  static start(): Promise<Front> {
    return new Front().listen();
  }

  protected async answer(incoming: IncomingMessage): Promise<Answer> {
    const { method = '', url: path = '', headers } = incoming;
    try {
      const request: Request = { method, path, headers, body: await buffer(incoming) };
      for (const { before } of this.gaps) {
        const answer = await before?.(request);
        if (answer) return answer;
      }
      const answer = await pass(this.moto, request);
      return this.gaps.reduce((changed, { after }) => after?.(request, changed) ?? changed, answer);
    } catch (error) {
      return json({ message: `The test's server in front of moto failed: ${String(error)}` }, 500);
    }
  }
}

export function json(body: unknown, status = 200, headers: IncomingHttpHeaders = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Parameters of a call in AWS's query protocol; none for other calls. */
export function queryOf({ headers, body }: Request): URLSearchParams {
  const isQuery = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return new URLSearchParams(isQuery ? body.toString() : '');
}

/** Who signed a request, and for what; nothing for a request without a signature. */
export function signerOf({ headers }: Pick<Request, 'headers'>) {
  const [, accessKey, region, service] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  if (accessKey === undefined || region === undefined || service === undefined) return undefined;
  return { accessKey, region, service };
}

/** An error of AWS's query protocol. */
export function queryError(status: number, code: string, message: string): Answer {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse>${error}<RequestId>test</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

async function pass(moto: string, { method, path, headers, body }: Request): Promise<Answer> {
  const { 'transfer-encoding': _sent, ...kept } = headers;
  const outgoing = requestTo(moto + path, { method, headers: { ...kept, 'content-length': body.length } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const {
    'transfer-encoding': _received,
    connection: _hop,
    'content-length': length,
    ...rest
  } = answer.headers;
  return {
    status: answer.statusCode ?? 502,
    // The body may be changed on its way; only HEAD, which has none, keeps the length that moto says.
    headers: { ...rest, ...(method === 'HEAD' && length !== undefined && { 'content-length': length }) },
    body: await buffer(answer),
  };
}
