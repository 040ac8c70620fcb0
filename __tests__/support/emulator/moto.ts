import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { peerProgram } from '../../../tools/peers/peer-program';

/** Longest that moto may take to start, ms. */
const TIME_TO_START = 60_000;

/** A moto server of its own on a free loopback port. */
export class Moto {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param servicePort - where the services of a state machine are called
   * @default - at this server itself, which executes no state machine then
   */
  static async start(servicePort?: number): Promise<Moto> {
    const child = spawn(peerProgram('moto', 'moto_server'), ['-H', '127.0.0.1', '-p', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(servicePort !== undefined && { MOTO_PORT: String(servicePort) }) },
    });
    try {
      const moto = new Moto(child, await announcedUrl(child));
      // Its log of requests is of no use, but a full pipe would stop it.
      child.stderr.resume();
      return moto;
    } catch (error) {
      await end(child);
      throw error;
    }
  }

  stop(): Promise<void> {
    return end(this.child);
  }
}

/** The operating system chose the port; the server says it when it listens there. */
async function announcedUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  const silence = setTimeout(() => child.kill(), TIME_TO_START);
  try {
    for await (const line of createInterface({ input: child.stderr! })) {
      said.push(line);
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url) return url;
    }
  } finally {
    clearTimeout(silence);
  }
  throw new Error(`moto_server did not start:\n${said.join('\n')}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
