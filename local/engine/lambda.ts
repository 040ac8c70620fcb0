import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import Piscina from 'piscina';
import type { Invocation, Invoked } from './lambda-worker';
import type { SynthesizedFunction } from '../synthesized-stack';
import { TemporaryFolder } from '../temporary-folder';
import { typescriptOptions } from '../typescript';

export interface LambdaProps {
  functions: readonly SynthesizedFunction[];
  /** Variables that AWS Lambda would add to those of the functions, such as the Region. */
  environment: Record<string, string>;
  /** Credentials of an invocation. */
  credentials: () => Promise<Record<string, string>>;
  /**
   * Length of every pause of the functions, s.
   * @default - as long as they say
   */
  waitSeconds?: number | undefined;
  /**
   * How long ago the functions run, ms.
   * @default 0
   */
  behind?: number | undefined;
  /** Folder for the log files, one for each function. */
  logs: string;
}

/** A function failed. `name` is the error name that Step Functions would see. */
export class FunctionError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/** Runs the bundles as they would be deployed: each function in its own worker threads, with its own environment and memory limit. */
export class Lambda {
  private readonly code = new TemporaryFolder('code');
  private readonly pools: Map<string, { workers: Piscina; timeoutSeconds: number }>;

  constructor(private readonly props: LambdaProps) {
    mkdirSync(props.logs, { recursive: true });
    this.pools = new Map(
      props.functions.map((settings) => [
        settings.name,
        { workers: this.workersOf(settings), timeoutSeconds: settings.timeoutSeconds },
      ]),
    );
  }

  /**
   * @param functionName - name or ARN
   * @throws {@link FunctionError} if the function fails or times out
   */
  async invoke(functionName: string, event: unknown): Promise<unknown> {
    const pool = this.pools.get(functionName.split(':').at(-1) ?? '');
    if (!pool)
      throw new FunctionError('Lambda.ResourceNotFoundException', `there is no function ${functionName}`);
    const { workers, timeoutSeconds } = pool;
    const answer = await this.answer(workers, {
      event,
      timeoutSeconds,
      credentials: await this.props.credentials(),
    });
    if ('error' in answer) throw new FunctionError(answer.error.errorType, JSON.stringify(answer.error));
    return answer.payload;
  }

  private async answer(workers: Piscina, invocation: Invocation): Promise<Invoked> {
    try {
      return (await workers.run(invocation)) as Invoked;
    } catch (error) {
      throw new FunctionError('Lambda.Unknown', String(error));
    }
  }

  private workersOf({ name, zip, handler, memoryMb, environment }: SynthesizedFunction): Piscina {
    const taskRoot = join(this.code.path, name);
    mkdirSync(taskRoot);
    for (const [file, content] of Object.entries(unzipSync(readFileSync(zip)))) {
      writeFileSync(join(taskRoot, file), content);
    }
    return new Piscina({
      filename: join(__dirname, 'lambda-worker.ts'),
      execArgv: typescriptOptions,
      minThreads: 0,
      maxThreads: availableParallelism(),
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      env: {
        ...this.props.environment,
        ...environment,
        AWS_LAMBDA_FUNCTION_NAME: name,
        LAMBDA_TASK_ROOT: taskRoot,
        WAIT_SECONDS: String(this.props.waitSeconds ?? ''),
        CLOCK_BEHIND: String(this.props.behind ?? 0),
        LOG_FILE: join(this.props.logs, `${name}.log`),
        _HANDLER: handler,
        TZ: ':UTC',
      },
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.pools.values()].map(({ workers }) => workers.destroy()));
    this.code.remove();
  }
}
