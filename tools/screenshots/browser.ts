/**
 * Debian's Chromium, headless, over the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/): enough to look at one page.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../support/embedded';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const chromiumPath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));

interface Message {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
  method?: string;
  params?: unknown;
}

export class Browser {
  /** What the page wrote to the console, and exceptions and violations of its policy. */
  readonly complaints: string[] = [];
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly loads: (() => void)[] = [];
  private last = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly socket: WebSocket,
    private readonly remove: () => void,
  ) {
    socket.addEventListener('message', ({ data }) => {
      this.heard(JSON.parse(String(data)) as Message);
    });
  }

  static async start(): Promise<Browser> {
    const { folder, remove } = temporaryFolder();
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
    ];
    const process = spawn(chromiumPath ?? '', [...flags, `--user-data-dir=${folder}`, 'about:blank']);
    const port = await portOf(process);
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Record<string, string>[];
    const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
    await once(socket, 'open');
    const browser = new Browser(process, socket, remove);
    for (const domain of ['Page', 'Runtime', 'Log']) await browser.send(`${domain}.enable`);
    return browser;
  }

  async open(url: string, width: number, scheme: 'light' | 'dark' = 'light'): Promise<void> {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await this.send('Emulation.setDeviceMetricsOverride', size);
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.send('Emulation.setEmulatedMedia', { features });
    const loaded = new Promise<void>((resolve) => this.loads.push(resolve));
    await this.send('Page.navigate', { url });
    await loaded;
  }

  async evaluate<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: Value }).value;
  }

  /** The part of the page from `top` on, as high as asked for. */
  async screenshot(width: number, top: number, height: number): Promise<Buffer> {
    const clip = { x: 0, y: top, width, height, scale: 1 };
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: true, clip });
    return Buffer.from(data as string, 'base64');
  }

  /** Lays the page out as a printer would get it, or not any more. */
  async printed(print: boolean): Promise<void> {
    await this.send('Emulation.setEmulatedMedia', { media: print ? 'print' : '' });
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.socket.close();
    this.process.kill();
    await exited;
    this.remove();
  }

  private send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.answers.set(id, ({ result = {}, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  private heard(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) this.answers.get(id)?.(message);
    if (method === 'Page.loadEventFired') this.loads.shift()?.();
    const complaint = ['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'];
    if (method && complaint.includes(method)) this.complaints.push(JSON.stringify(params));
  }
}

async function portOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium did not start');
  for await (const line of createInterface({ input: stderr })) {
    const [, port] = /^DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(line) ?? [];
    if (port) {
      stderr.resume();
      return port;
    }
  }
  throw new Error('Chromium ended before it listened');
}
