/**
 * Measures the bundle of summarize-run at sizes that no test has: `npm run bench:summary [-- SCENARIO…]`. A stand-in for S3
 * in this process generates the reports while they are read. The function runs in its own process, whose memory is measured.
 * Its heap has the size that AWS Lambda would give a function of {@link MEMORY_MB}. The deployed function has more memory,
 * for its CPU, and there V8 would collect garbage later, so that its peak would say nothing about what it needs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument } from 'commander';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../../constructs/functions/handler-bundle';
import { commandLine } from '../../../local/command-line';
import { runCommand } from '../../../local/run-command';
import { TemporaryFolder } from '../../../local/temporary-folder';
import { SCENARIOS, type Scenario, measureScenario } from './scenario';

/** Most memory that the function may need, MiB. */
const MEMORY_MB = 512;

async function main(names: string[]): Promise<void> {
  const code = unzipSync(readFileSync(handlerBundle('summarize-run').path));
  for (const scenario of SCENARIOS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    // Each has its own folder, so that a run does not compare itself with a run of another scenario.
    const folder = new TemporaryFolder('bench');
    try {
      for (const [file, content] of Object.entries(code)) writeFileSync(join(folder.path, file), content);
      await printScenario(folder.path, scenario);
    } finally {
      folder.remove();
    }
  }
}

async function printScenario(folder: string, scenario: Scenario): Promise<void> {
  const { name, accounts } = scenario;
  for await (const { date, figures, bytes, pageBytes } of measureScenario(folder, scenario, MEMORY_MB)) {
    const { seconds, cpuSeconds, threadSeconds, peakMib, result } = figures;
    const ofThemNew = result.newFindings === null ? '' : `, ${result.newFindings} of them new`;
    const perReport = ((1000 * threadSeconds) / accounts).toFixed(2);
    const tooMuch = peakMib > MEMORY_MB;
    if (tooMuch) process.exitCode = 1;
    console.log(
      [
        `${name} ${date}: ${accounts} accounts, ${result.users} users, ${result.findings} findings${ofThemNew}`,
        `  ${seconds} s, ${cpuSeconds} s of CPU time, ${threadSeconds} s of it in the main thread (${perReport} ms a report), peak memory ${peakMib} MiB${tooMuch ? `: more than ${MEMORY_MB} MiB` : ''}`,
        `  ${mib(bytes.read)} MiB of reports read, ${mib(bytes.written)} MiB of tables written, page of ${pageBytes} bytes`,
      ].join('\n'),
    );
  }
}

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);

const { args } = commandLine({
  script: 'bench:summary',
  description: 'Measures memory and time of summarize-run.',
  exitCodes: `0: it stays within ${MEMORY_MB} MiB; 1: it does not`,
})
  .addArgument(
    new Argument('[scenarios...]', 'scenarios to measure; default: all, which takes half an hour').choices(
      SCENARIOS.map(({ name }) => name),
    ),
  )
  .parse();

runCommand(() => main(args));
