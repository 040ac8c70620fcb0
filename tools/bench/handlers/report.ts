import type { BatchFigures } from './meter';
import type { SizeFigures } from './batches';
import type { UnpackedBundle } from './bundles';
import type { Transport } from './endpoint';
import type { FirstAnswer } from './first-answer';
import type { StartUp, Starts } from './start-up';

export interface HandlerFigures {
  batches: { transport: Transport; sizes: SizeFigures[] }[];
  startUps: StartUp[];
  firstAnswer: FirstAnswer;
  bundles: Omit<UnpackedBundle, 'script'>[];
}

/** What does not hold; ratios only, since times depend on the machine. Every endpoint of AWS has TLS. */
export function misses({ batches, startUps }: HandlerFigures): string[] {
  return [
    ...batches
      .filter(({ transport }) => transport === 'TLS')
      .flatMap(({ sizes }) => sizes.filter(({ cpuRatio }) => cpuRatio < 3))
      .map(({ batchSize }) => `batches of ${batchSize}: CPU at least 3 times less than the plain version`),
    ...startUps
      .filter(({ time }) => time.ratio > 1 / 3)
      .map(({ name }) => `${name}: ready in at most a third of the unbundled import`),
  ];
}

/** The figures for people. */
export function report(figures: HandlerFigures): string {
  const missed = misses(figures);
  const { bundleMs, unbundledMs, ratio } = figures.firstAnswer;
  const rows = [
    'Batches: the embedded organization in a thread of its own, no latency',
    line('accounts', 'version', 'CPU ms/account', 'accounts/s', 'peak MB', 'CPU ratio'),
    ...figures.batches.flatMap(({ transport, sizes }) => [
      `  over ${transport}`,
      ...sizes.flatMap(batchLines),
    ]),
    '',
    'From process start until the modules are loaded and evaluated, median ms; below it, of the processor',
    line('handler', 'Node.js alone', 'bundle', 'unbundled', 'ratio', 'without Node.js'),
    ...figures.startUps.flatMap(({ name, time, cpu }) => [startLine(name, time), startLine('', cpu)]),
    '',
    'From process start to the first answer of collect-reports, median ms',
    line('', 'bundle', 'unbundled', 'ratio'),
    line('', tenths(bundleMs), tenths(unbundledMs), hundredths(ratio)),
    '',
    'Bundles, bytes',
    line('handler', 'script', 'zip'),
    ...figures.bundles.map(({ name, scriptBytes, zipBytes }) =>
      line(name, String(scriptBytes), String(zipBytes)),
    ),
    '',
    missed.length === 0 ? 'All bounds hold' : missed.map((rule) => `MISSED ${rule}`).join('\n'),
    '',
  ];
  return rows.join('\n');
}

function batchLines({ batchSize, handler, plain, cpuRatio }: SizeFigures): string[] {
  return [
    line(String(batchSize), 'handler', ...cells(handler)),
    line(String(batchSize), 'plain', ...cells(plain), tenths(cpuRatio)),
  ];
}

function startLine(name: string, { ratio, ratioWithoutNode, ...starts }: Starts): string {
  const times = [starts.emptyMs, starts.readyMs, starts.unbundledMs].map(tenths);
  return line(name, ...times, hundredths(ratio), hundredths(ratioWithoutNode));
}

function cells({ cpuMsPerAccount, accountsPerSecond, peakMemoryMb }: BatchFigures): string[] {
  return [hundredths(cpuMsPerAccount), accountsPerSecond.toFixed(0), tenths(peakMemoryMb)];
}

const tenths = (value: number) => value.toFixed(1);
const hundredths = (value: number) => value.toFixed(2);

function line(...cells: string[]): string {
  return `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(16))).join('')}`.trimEnd();
}
