import { Cpu } from './cpu';
import { model } from './model';
import { pass } from './virtual-time';

/** What an environment of a function runs. */
export type Handler = (
  event: unknown,
  context: { getRemainingTimeInMillis: () => number },
) => Promise<unknown>;

export interface ModelledFunction {
  memoryMb: number;
  timeoutSeconds: number;
  /** Makes the handler of a new environment, with clients of its own. */
  start: (cpu: Cpu) => Handler;
}

/** AWS Lambda: environments that start cold, are kept, and are counted. */
export class ModelledLambda {
  invocations = 0;
  gbSeconds = 0;
  /** Longest invocation, s, by the name of the function. */
  readonly longest = new Map<string, number>();
  mostAtOnce = 0;
  private running = 0;
  private readonly idle = new Map<string, Handler[]>();

  constructor(private readonly functions: Record<string, ModelledFunction>) {}

  async invoke(name: string, event: unknown): Promise<unknown> {
    const settings = this.functions[name];
    if (!settings) throw failure('Lambda.ResourceNotFoundException', name);
    await pass(model.lambda.invocationMs);
    if (this.running >= model.lambda.concurrency)
      throw failure('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    const began = Date.now();
    try {
      const handler = this.idle.get(name)?.pop() ?? (await this.cold(settings));
      const result = await inTime(handler, event, settings.timeoutSeconds);
      this.idle.set(name, [...(this.idle.get(name) ?? []), handler]);
      return result;
    } finally {
      this.running -= 1;
      this.charge(name, settings, (Date.now() - began) / 1000);
    }
  }

  private async cold({ memoryMb, start }: ModelledFunction): Promise<Handler> {
    await pass(model.lambda.coldStartMs);
    return start(new Cpu(memoryMb));
  }

  private charge(name: string, { memoryMb }: ModelledFunction, seconds: number): void {
    this.invocations += 1;
    this.gbSeconds += (memoryMb / 1024) * seconds;
    this.longest.set(name, Math.max(this.longest.get(name) ?? 0, seconds));
  }
}

async function inTime(handler: Handler, event: unknown, timeoutSeconds: number): Promise<unknown> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(failure('Sandbox.Timedout', `timed out after ${timeoutSeconds} s`));
    }, timeoutSeconds * 1000);
  });
  try {
    const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
    return await Promise.race([handler(event, context), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
