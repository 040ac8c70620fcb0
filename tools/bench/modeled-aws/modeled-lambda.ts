import { model } from '../model';
import { sleep } from '../virtual-time';
import { Cpu } from './cpu';

export type Handler = (
  event: unknown,
  context: { getRemainingTimeInMillis: () => number },
) => Promise<unknown>;

export interface ModeledFunction {
  memoryMb: number;
  timeoutSeconds: number;
  /** Creates the handler of a new environment, with its own clients. */
  start: (cpu: Cpu) => Handler;
}

/** AWS Lambda: starts environments of functions, reuses them, and adds up what they cost. */
export class ModeledLambda {
  invocations = 0;
  gbSeconds = 0;
  maxConcurrent = 0;
  /** Seconds of the longest invocation, by the name of the function. */
  private readonly longest = new Map<string, number>();
  private running = 0;
  private readonly idle = new Map<string, Handler[]>();

  constructor(private readonly functions: Record<string, ModeledFunction>) {}

  async invoke(name: string, event: unknown): Promise<unknown> {
    const settings = this.functions[name];
    if (!settings) throw errorNamed('Lambda.ResourceNotFoundException', name);
    await sleep(model.lambda.invocationMs);
    if (this.running >= model.lambda.concurrency)
      throw errorNamed('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    this.running += 1;
    this.maxConcurrent = Math.max(this.maxConcurrent, this.running);
    const start = Date.now();
    try {
      const handler = this.idle.get(name)?.pop() ?? (await this.coldStart(settings));
      const result = await withTimeout(handler, event, settings.timeoutSeconds);
      this.idle.set(name, [...(this.idle.get(name) ?? []), handler]);
      return result;
    } finally {
      this.running -= 1;
      this.charge(name, settings, (Date.now() - start) / 1000);
    }
  }

  /** @param suffix - end of the function's name */
  longestSeconds(suffix: string): number {
    return [...this.longest].find(([name]) => name.endsWith(suffix))?.[1] ?? 0;
  }

  private async coldStart({ memoryMb, start }: ModeledFunction): Promise<Handler> {
    await sleep(model.lambda.coldStartMs);
    return start(new Cpu(memoryMb));
  }

  private charge(name: string, { memoryMb }: ModeledFunction, seconds: number): void {
    this.invocations += 1;
    this.gbSeconds += (memoryMb / 1024) * seconds;
    this.longest.set(name, Math.max(this.longest.get(name) ?? 0, seconds));
  }
}

async function withTimeout(handler: Handler, event: unknown, timeoutSeconds: number): Promise<unknown> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(errorNamed('Sandbox.Timedout', `timed out after ${timeoutSeconds} s`));
    }, timeoutSeconds * 1000);
  });
  try {
    const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
    return await Promise.race([handler(event, context), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function errorNamed(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
