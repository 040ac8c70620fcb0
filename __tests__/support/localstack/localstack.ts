import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SFNClient } from '@aws-sdk/client-sfn';
import { peerProgram } from '../../../tools/peers/peer-program';
import { projectRoot } from '../../../tools/support/project-root';

/** Longest that LocalStack may take to start, ms. */
const TIME_TO_START = 120_000;

/** The Step Functions of LocalStack, on a free loopback port. */
export class LocalStack {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param waitSeconds - length of every wait and of every pause before a retry, s
   * @param servicePort - where states call Lambda and SNS
   */
  static async start(waitSeconds: number, servicePort: number): Promise<LocalStack> {
    const script = join(projectRoot, 'tools', 'peers', 'localstack', 'serve.py');
    const child = spawn(peerProgram('localstack', 'python'), [script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        WAIT_SECONDS: String(waitSeconds),
        GATEWAY_LISTEN: `127.0.0.1:${servicePort}`,
        DISABLE_EVENTS: '1',
      },
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const silence = setTimeout(() => child.kill(), TIME_TO_START);
    for await (const line of createInterface({ input: child.stdout })) {
      clearTimeout(silence);
      return new LocalStack(child, line);
    }
    throw new Error(`LocalStack did not start:\n${said.join('')}`);
  }

  /** A client of the account, in the Region of the ARN. */
  clientFor(arn: string): SFNClient {
    const [, , , region = '', account = ''] = arn.split(':');
    // LocalStack takes an access key of 12 digits for the account.
    return new SFNClient({
      endpoint: this.url,
      disableHostPrefix: true,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
