import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunSummary, SummarizeRunEvent } from '../../../handlers/shared/events';
import { writeSettings } from '../../../handlers/shared/settings';
import { summarizeRunSettings } from '../../../handlers/summarize-run/settings';
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { COLLECTING_ACCOUNT } from '../model';
import { BUCKET } from './generated-bucket';

export const ENVIRONMENT = 'bench';

export interface SummaryFigures {
  seconds: number;
  /** CPU time of all threads: V8 compiles and collects garbage on some of its own. */
  cpuSeconds: number;
  /** CPU time of the thread that runs the function: no more vCPUs can make it faster than that. */
  threadSeconds: number;
  peakMib: number;
  result: Pick<RunSummary, 'complete' | 'users' | 'findings' | 'newFindings'>;
}

interface FunctionRun {
  /** Where the unpacked bundle is. */
  folder: string;
  /** Address of the stand-in for S3. */
  url: string;
  event: SummarizeRunEvent;
  memoryMb: number;
}

/** Runs summarize-run once in its own process. */
export async function runInProcess({ folder, url, event, memoryMb }: FunctionRun): Promise<SummaryFigures> {
  const child = fork(join(__dirname, 'run-once.mjs'), [join(folder, 'index.js')], {
    execArgv: heapOptions(memoryMb),
    // Without the logs and metrics of the function.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      ...credentialVariables(),
      ...writeSettings(summarizeRunSettings, {
        reportBucket: BUCKET,
        bucketOwner: COLLECTING_ACCOUNT,
        bucketPrefix: '',
        bucketEncryption: '',
        bucketAcl: '',
        environment: ENVIRONMENT,
        partition: 'aws',
        organizationId: 'o-exampleorg1',
        accountId: COLLECTING_ACCOUNT,
        retentionDays: '',
        region: 'us-east-1',
        signingKey: '',
      }),
    },
  });
  child.send(event);
  const exit = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`summarize-run exited without a result: ${String(code ?? signal)}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), exit])) as [
    SummaryFigures | { error: string },
  ];
  if ('error' in message) throw new Error(message.error);
  return message;
}

/** The shares of a function's memory that AWS Lambda's runtime for Node.js gives to the parts of V8's heap. */
const heapOptions = (memoryMb: number) => [
  `--max-semi-space-size=${Math.floor(memoryMb / 20)}`,
  `--max-old-space-size=${Math.floor((memoryMb * 9) / 10)}`,
];
