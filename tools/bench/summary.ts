/**
 * Measures summarize-run, as it is bundled, at sizes that no test has: `npm run bench:summary [-- SCENARIO…]`.
 * A stand-in for S3 in this process makes the reports while they are read and throws the tables away; the
 * function runs in a process of its own, whose memory is what is noted. Its heap has the room that AWS Lambda
 * would give it in a function of {@link MEMORY_MB}: in the larger one that is deployed, for its processor,
 * V8 collects garbage later, because it may.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument } from 'commander';
import { commandLine } from '../../local/command-line';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../constructs/functions/handler-bundle';
import { defaultOptions } from '../../constructs/environment/environment';
import { keys, runPrefixOf } from '../../handlers/shared/bucket-layout';
import type { Outcome } from '../../handlers/shared/run-files';
import { LocalEndpoint } from '../../local/fake-aws/server';
import { type Measured, measuredBucket } from './measured-bucket';

const SCENARIOS = [
  { name: 'many-accounts', accounts: 50_000, users: 20 },
  { name: 'large-accounts', accounts: 2_000, users: 5_000 },
];
/** Bound of what the function needs, MiB: the bench fails above it. */
const MEMORY_MB = 512;
/** Shares of a function's memory that the runtime of AWS Lambda for Node.js gives to the parts of V8's heap. */
const HEAP = [
  `--max-semi-space-size=${Math.floor(MEMORY_MB / 20)}`,
  `--max-old-space-size=${Math.floor((MEMORY_MB * 9) / 10)}`,
];

/** The second run of each has an earlier one to compare itself with. */
const DATES = ['2026-11-22', '2026-11-23'];

async function main(wanted: string[]): Promise<void> {
  const code = unzipSync(readFileSync(handlerBundle('summarize-run').path));
  for (const scenario of SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    // A folder for each, or one would compare itself with the other.
    const folder = mkdtempSync(join(tmpdir(), 'iam-credential-reports-bench-'));
    try {
      for (const [file, content] of Object.entries(code)) writeFileSync(join(folder, file), content);
      await measure(folder, scenario);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

async function measure(folder: string, { name, accounts, users }: (typeof SCENARIOS)[number]): Promise<void> {
  const ids = Array.from({ length: accounts }, (_, index) => String(100_000_000_000 + index));
  const { batchSize } = defaultOptions.scale;
  const batches = Array.from({ length: Math.ceil(accounts / batchSize) }, (_, index) =>
    ids.slice(index * batchSize, (index + 1) * batchSize),
  );
  const bucket = measuredBucket(folder, batches, users);
  const endpoint = await LocalEndpoint.start({ s3: bucket.serve });
  for (const date of DATES) {
    const run = runPrefixOf(date, name);
    bucket.place(keys.ledger(run), {
      execution: name,
      date,
      accounts: ids.map((id) => ({
        id,
        name: `account-${id}`,
        state: 'ACTIVE',
        path: `o-example/r-1234/ou-1234-12345678/${id}/`,
      })),
    });
    for (const [index, batch] of batches.entries()) {
      const outcomes = batch.map((id) => collected(id, date));
      bucket.place(keys.outcomes(run, index + 1), { batch: index + 1, outcomes });
    }
    const event = {
      run,
      startTime: `${date}T08:00:00.000Z`,
      checks: { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [] },
      digest: 'always',
    };
    const { seconds, cpuSeconds, peakMib, result } = await inItsOwnProcess(folder, endpoint.url, event);
    if (peakMib > MEMORY_MB) process.exitCode = 1;
    const { read, written }: Measured = bucket.takeMeasured();
    console.log(
      [
        `${name} ${date}: ${accounts} accounts, ${result.users} users, ${result.findings} findings, ${String(result.newFindings)} new`,
        `  ${seconds} s, ${cpuSeconds} s of processor, peak ${peakMib} MiB${peakMib > MEMORY_MB ? `, above ${MEMORY_MB}` : ''}`,
        `  ${mib(read)} MiB of reports read, ${mib(written)} MiB of tables written, page ${bucket.size(keys.organization(date, 'index.html'))} bytes`,
      ].join('\n'),
    );
  }
  await endpoint.stop();
}

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);

function collected(account: string, date: string): Outcome {
  const generatedAt = `${date}T07:59:00.000Z`;
  return { account, outcome: 'collected', generatedAt, collectedAt: `${date}T08:01:00.000Z`, bytes: 1 };
}

interface Figures {
  seconds: number;
  cpuSeconds: number;
  peakMib: number;
  result: { users: number; findings: number; newFindings: number | null };
}

async function inItsOwnProcess(folder: string, url: string, event: object): Promise<Figures> {
  const child = fork(join(__dirname, 'summary-process.mjs'), [join(folder, 'index.js')], {
    execArgv: HEAP,
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIALOCALCOLLECTOR00',
      AWS_SECRET_ACCESS_KEY: 'local',
      REPORT_BUCKET: 'reports',
      ENVIRONMENT: 'bench',
    },
  });
  child.send(event);
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`summarize-run ended with ${String(code ?? signal)} before it had an answer`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), ended])) as [Figures | { error: string }];
  if ('error' in figures) throw new Error(figures.error);
  return figures;
}

const { args } = commandLine({
  script: 'bench:summary',
  description: 'Measures memory and time of summarize-run.',
  exitCodes: `0: it stays within ${MEMORY_MB} MiB; 1: it does not`,
})
  .addArgument(
    new Argument('[scenarios...]', 'default: all, half an hour').choices(SCENARIOS.map(({ name }) => name)),
  )
  .parse();

main(args).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
