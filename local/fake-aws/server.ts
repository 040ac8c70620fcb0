import { once } from 'node:events';
import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type SecretOf, secretOf as ownSecretOf } from './credentials';
import { iamService } from './iam-service';
import type { EmbeddedOrganization } from './organization/organization';
import { organizationsService } from './organizations-service';
import { failure } from './failure';
import { type S3Options, s3Service } from './s3/s3-service';
import { type Service, ServiceError, type ServiceResponse } from './service';
import { assertSigned, signatureOf } from './signature';
import { SessionPolicies } from './session-policies';
import { taggingService } from './tagging-service';
import { stsService } from './sts-service';

/** Services by the name under which a request to them is signed. */
export type Services = Record<string, Service>;

/** Every AWS service that the collection calls, for one organization, with a folder as the bucket. */
export function servicesOf(
  organization: EmbeddedOrganization,
  folder: string,
  options: S3Options = {},
): Services {
  const policies = new SessionPolicies();
  return {
    organizations: organizationsService(organization),
    tagging: taggingService(organization),
    sts: stsService(organization, policies),
    iam: iamService(organization, policies),
    s3: s3Service(folder, options),
  };
}

export interface EndpointOptions {
  /**
   * Secrets with which requests are signed; every other request is refused, since any user of this machine can send one.
   * @default - those of `credentials.ts`
   */
  secretOf?: SecretOf | undefined;
  /**
   * How long a service that does not answer keeps a connection open, ms.
   * @default 60000
   */
  patience?: number;
  /**
   * Key and certificate, in PEM.
   * @default - HTTP
   */
  tls?: { key: string; cert: string } | undefined;
}

/** Serves them over HTTP on loopback, as an endpoint for the SDK clients of the functions. */
export class LocalEndpoint {
  /** Connections accepted so far. */
  connections = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(
    services: Services,
    { secretOf = ownSecretOf, patience = 60_000, tls }: EndpointOptions = {},
  ): Promise<LocalEndpoint> {
    const listener: RequestListener = (incoming, outgoing) => {
      void answer(services, secretOf, incoming).then((response) => {
        respond(response, outgoing, patience);
      });
    };
    const server = tls ? createTlsServer(tls, listener) : createServer(listener);
    server.keepAliveTimeout = 60_000;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const endpoint = new LocalEndpoint(server, `${tls ? 'https' : 'http'}://127.0.0.1:${port}`);
    server.on('connection', () => endpoint.connections++);
    return endpoint;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function answer(
  services: Services,
  secretOf: SecretOf,
  incoming: IncomingMessage,
): Promise<ServiceResponse> {
  const signature = signatureOf(incoming.headers.authorization);
  try {
    if (!signature) throw new ServiceError(403, 'MissingAuthenticationToken', 'Missing Authentication Token');
    const { accessKeyId, region, service } = signature;
    const request = {
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '/', 'http://localhost'),
      headers: incoming.headers as Record<string, string>,
    };
    const [path = '/'] = (incoming.url ?? '/').split('?');
    await assertSigned({ ...request, path }, signature, secretOf);
    const serve = services[service];
    if (!serve) throw new ServiceError(501, 'NotImplemented', `service ${service} is not supported`);
    // `buffer` of `node:stream/consumers` would copy it more often, by way of a Blob.
    return await serve({ ...request, body: Buffer.concat(await incoming.toArray()), accessKeyId, region });
  } catch (error) {
    return failure(signature?.service ?? '', error);
  }
}

function respond(response: ServiceResponse, outgoing: ServerResponse, patience: number): void {
  const { status, headers, body = '', connection } = response;
  if (!connection) {
    outgoing.writeHead(status, headers).end(body);
    return;
  }
  if (connection === 'cut' || connection === 'stalled') {
    // Content-Length announces more than is sent, so a response without a body is cut too.
    const bytes = Buffer.from(body.length > 0 ? body : ' ');
    outgoing.writeHead(status, { ...headers, 'content-length': bytes.length + 1 });
    outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
  }
  const wait = connection === 'cut' || connection === 'reset' ? 0 : patience;
  setTimeout(() => outgoing.destroy(), wait).unref();
}
