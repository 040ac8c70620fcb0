import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface LoopbackResponse {
  status: number;
  headers?: IncomingHttpHeaders;
  body?: Buffer | string;
}

/** A server on a free port of loopback. */
export abstract class LoopbackServer {
  private readonly server = createServer((incoming, outgoing) => {
    void this.answer(incoming).then(({ status, headers, body }) => {
      outgoing.writeHead(status, headers).end(body);
    });
  });

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  protected abstract answer(incoming: IncomingMessage): Promise<LoopbackResponse>;

  protected async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
