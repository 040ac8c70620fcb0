import type { UnpackedBundle } from './bundles';
import type { Transport } from './endpoint';
import type { FirstResponse } from './first-response';
import type { SizeFigures } from './measure-batches';
import type { BatchFigures } from './meter';
import type { Startup, StartupTimes } from './startup';

export interface HandlerFigures {
  batches: { transport: Transport; sizes: SizeFigures[] }[];
  startups: Startup[];
  firstResponse: FirstResponse;
  bundles: Omit<UnpackedBundle, 'script'>[];
}

/** Times depend on the machine, so the bound is a ratio. */
const MIN_CPU_RATIO = 3;

/** The bounds that do not hold. Only TLS has a bound, because AWS uses nothing else. */
export function brokenBounds({ batches }: Pick<HandlerFigures, 'batches'>): string[] {
  return batches
    .filter(({ transport }) => transport === 'TLS')
    .flatMap(({ sizes }) => sizes.filter(({ cpuRatio }) => cpuRatio < MIN_CPU_RATIO))
    .map(
      ({ batchSize, cpuRatio }) => `CPU ratio of batches of ${batchSize} over TLS: ${hundredths(cpuRatio)}`,
    );
}

/** The figures as tables. */
export function report(figures: HandlerFigures): string {
  const broken = brokenBounds(figures);
  const { bundleMs, unbundledMs, ratio } = figures.firstResponse;
  const rows = [
    'Batches of collect-reports, without network latency; plain: new clients for each account and poll',
    line('accounts', 'version', 'CPU ms/account', 'accounts/s', 'peak MB', 'CPU ratio'),
    ...figures.batches.flatMap(({ transport, sizes }) => [
      `  over ${transport}`,
      ...sizes.flatMap(batchLines),
    ]),
    '',
    'Startup: from process start until the modules are evaluated, median ms',
    line('handler', '', 'Node.js alone', 'bundle', 'unbundled', 'ratio', 'without Node.js'),
    ...figures.startups.flatMap(({ name, time, cpu }) => [
      startupLine(name, 'time', time),
      startupLine('', 'CPU', cpu),
    ]),
    '  No bound: Node.js and its own modules already take more than a third of the unbundled time (docs/scale.md).',
    '',
    'From process start to the first response of collect-reports, median ms',
    line('', '', 'bundle', 'unbundled', 'ratio'),
    line('', '', tenths(bundleMs), tenths(unbundledMs), hundredths(ratio)),
    '',
    'Bundles, bytes',
    line('handler', '', 'script', 'zip'),
    ...figures.bundles.map(({ name, scriptBytes, zipBytes }) =>
      line(name, '', String(scriptBytes), String(zipBytes)),
    ),
    '',
    `Bound: CPU ratio at least ${MIN_CPU_RATIO} over TLS`,
    ...(broken.length === 0 ? ['  holds'] : broken.map((bound) => `  BROKEN ${bound}`)),
    '',
  ];
  return rows.join('\n');
}

function batchLines({ batchSize, handler, plain, cpuRatio }: SizeFigures): string[] {
  return [
    line(String(batchSize), 'handler', ...batchCells(handler)),
    line('', 'plain', ...batchCells(plain), hundredths(cpuRatio)),
  ];
}

function batchCells({ cpuMsPerAccount, accountsPerSecond, peakMemoryMb }: BatchFigures): string[] {
  return [hundredths(cpuMsPerAccount), accountsPerSecond.toFixed(0), tenths(peakMemoryMb)];
}

function startupLine(name: string, kind: 'time' | 'CPU', times: StartupTimes): string {
  const { nodeMs, bundleMs, unbundledMs, ratio, ratioWithoutNode } = times;
  const milliseconds = [nodeMs, bundleMs, unbundledMs].map(tenths);
  return line(name, kind, ...milliseconds, hundredths(ratio), hundredths(ratioWithoutNode));
}

const tenths = (value: number) => value.toFixed(1);
const hundredths = (value: number) => value.toFixed(2);

function line(...cells: string[]): string {
  return `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(17))).join('')}`.trimEnd();
}
