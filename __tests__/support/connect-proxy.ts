import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';

export interface ConnectProxy {
  /** With the user name and the password that it expects. */
  readonly url: string;
  readonly port: number;
  /** HOST:PORT of every tunnel that was asked for, and the URL of every other request. */
  readonly asked: string[];
  stop: () => Promise<void>;
}

/** A forward proxy on loopback. Every tunnel leads to one port of loopback, whatever its host is called. */
export async function startConnectProxy(targetPort: number): Promise<ConnectProxy> {
  const credentials = 'me:p%40ss';
  const expected = `Basic ${Buffer.from(decodeURIComponent(credentials)).toString('base64')}`;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    if (headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    asked.push(url);
    const tunnel = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(tunnel).pipe(socket);
    });
    sockets.add(tunnel);
    for (const [one, other] of [
      [socket, tunnel],
      [tunnel, socket],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${credentials}@127.0.0.1:${port}`,
    port,
    asked,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
