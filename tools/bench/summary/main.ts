/**
 * Measures the bundle of summarize-run at sizes that no test has: `npm run bench:summary [-- SCENARIO…]`. A stand-in for S3
 * in this process generates the reports while they are read. The function runs in its own process, whose memory is measured.
 * Its heap has the size that AWS Lambda would give a function of that memory. The deployed function has more than it needs, for
 * its CPU: there V8 collects garbage later, so that the function is faster, and its peak says nothing about what it needs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument } from 'commander';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../../constructs/functions/handler-bundle';
import { commandLine, wholeNumber } from '../../../local/command-line';
import { runCommand } from '../../../local/run-command';
import { TemporaryFolder } from '../../../local/temporary-folder';
import { SCENARIOS, type Scenario, measureScenario } from './scenario';

/** Most memory that the function may need, MiB. */
const MEMORY_MB = 512;

/** Least and most memory of a function (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html), MB. */
const LIMITS = [128, 10_240] as const;

async function main(names: string[], memoryMb: number): Promise<void> {
  const code = unzipSync(readFileSync(handlerBundle('summarize-run').path));
  for (const scenario of SCENARIOS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    // Each has its own folder, so that a run does not compare itself with a run of another scenario.
    const folder = new TemporaryFolder('bench');
    try {
      for (const [file, content] of Object.entries(code)) writeFileSync(join(folder.path, file), content);
      await printScenario(folder.path, scenario, memoryMb);
    } finally {
      folder.remove();
    }
  }
}

async function printScenario(folder: string, scenario: Scenario, memoryMb: number): Promise<void> {
  const { name, accounts } = scenario;
  for await (const { date, figures, bytes, pageBytes } of measureScenario(folder, scenario, memoryMb)) {
    const { seconds, cpuSeconds, threadSeconds, peakMib, result } = figures;
    const ofThemNew = result.newFindings === null ? '' : `, ${result.newFindings} of them new`;
    const perReport = ((1000 * threadSeconds) / accounts).toFixed(2);
    const tooMuch = peakMib > memoryMb;
    if (tooMuch) process.exitCode = 1;
    console.log(
      [
        `${name} ${date}: ${accounts} accounts, ${result.users} users, ${result.findings} findings${ofThemNew}`,
        `  ${seconds} s, ${cpuSeconds} s of CPU time, ${threadSeconds} s of it in the main thread (${perReport} ms a report), peak memory ${peakMib} MiB${tooMuch ? `: more than ${memoryMb} MiB` : ''}`,
        `  ${mib(bytes.read)} MiB of reports read, ${mib(bytes.written)} MiB of tables written, page of ${pageBytes} bytes`,
      ].join('\n'),
    );
  }
}

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);

const command = commandLine({
  script: 'bench:summary',
  description: 'Measures memory and time of summarize-run.',
  exitCodes: '0: it stays within the memory; 1: it does not',
})
  .addArgument(
    new Argument('[scenarios...]', 'scenarios to measure; default: all, which takes half an hour').choices(
      SCENARIOS.map(({ name }) => name),
    ),
  )
  .option(
    '--memory <MB>',
    'memory of the function, which decides its heap',
    wholeNumber(...LIMITS),
    MEMORY_MB,
  )
  .parse();

runCommand(() => main(command.args, command.opts<{ memory: number }>().memory));
