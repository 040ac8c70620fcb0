import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Proxy, findProxy, proxyVariables } from './proxy';

/** Why a request did not get through a proxy. The SDK retries according to its cause. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

/**
 * Sends requests through the proxy of this shell, if it has one.
 * @throws if a variable is not the URL of an HTTP proxy
 */
export function requestHandlerOf(environment: NodeJS.ProcessEnv): NodeHttpHandler {
  const proxyEnv = proxyVariables(environment);
  // As many connections as the SDK would keep.
  const options = { keepAlive: true, maxSockets: 50, proxyEnv };
  const proxies = {
    'https:': findProxy(environment, 'HTTPS_PROXY'),
    'http:': findProxy(environment, 'HTTP_PROXY'),
  };
  return new ExplainingHandler(proxies, { httpAgent: new Agent(options), httpsAgent: new TlsAgent(options) });
}

/** Names the variable when the proxy is the reason why AWS cannot be reached. */
class ExplainingHandler extends NodeHttpHandler {
  constructor(
    private readonly proxies: Readonly<Record<string, Proxy | undefined>>,
    agents: ConstructorParameters<typeof NodeHttpHandler>[0],
  ) {
    super(agents);
  }

  override async handle(
    ...call: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const [{ protocol }] = call;
    try {
      return await super.handle(...call);
    } catch (error) {
      throw explain(error, this.proxies[protocol]);
    }
  }
}

/** What Node.js says about a connection that failed. `AggregateError` is for a name with several addresses. */
interface ConnectionError extends Error {
  code?: string;
  port?: number;
  hostname?: string;
  statusCode?: number;
  errors?: ConnectionError[];
}

function explain(error: unknown, proxy: Proxy | undefined): unknown {
  if (!proxy || !(error instanceof Error)) return error;
  const failed: ConnectionError = error;
  const { code, statusCode, hostname, port, message } = failed.errors?.[0] ?? failed;
  const { url, variable } = proxy;
  const isProxy = hostname === url.hostname || (port !== undefined && port === portOf(url));
  if (code !== 'ERR_PROXY_TUNNEL' && !isProxy) return error;
  const hint = statusCode === 407 ? `; set ${variable} to http://USER:PASSWORD@${url.host}` : '';
  return new ProxyError(`${variable} ${url.protocol}//${url.host}: ${message}${hint}`, { cause: error });
}

const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === 'https:' ? 443 : 80);
