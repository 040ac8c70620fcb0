import type { SizeFigures } from './batches';
import type { UnpackedBundle } from './bundles';
import type { FirstAnswer } from './first-answer';
import type { StartUp } from './start-up';

export interface HandlerFigures {
  batches: SizeFigures[];
  startUps: StartUp[];
  firstAnswer: FirstAnswer;
  bundles: Omit<UnpackedBundle, 'script'>[];
}

/** What does not hold; ratios only, since times depend on the machine. */
export function misses({ batches, startUps }: HandlerFigures): string[] {
  return [
    ...batches
      .filter(({ cpuRatio }) => cpuRatio < 3)
      .map(({ batchSize }) => `batches of ${batchSize}: CPU at least 3 times less than the plain version`),
    ...startUps
      .filter(({ ratio }) => ratio > 1 / 3)
      .map(({ name }) => `${name}: ready in at most a third of the unbundled import`),
  ];
}

/** The figures for people. */
export function report(figures: HandlerFigures): string {
  const missed = misses(figures);
  const { firstAnswer } = figures;
  const rows = [
    'Batches (embedded organization in a thread of its own, no latency)',
    line('accounts', 'version', 'CPU ms/account', 'accounts/s', 'peak MB', 'CPU ratio'),
    ...figures.batches.flatMap(({ batchSize, handler, plain, cpuRatio }) =>
      [
        { version: 'handler', ratio: '', ...handler },
        { version: 'plain', ratio: cpuRatio.toFixed(1), ...plain },
      ].map(({ version, ratio, cpuMsPerAccount, accountsPerSecond, peakMemoryMb }) =>
        line(
          String(batchSize),
          version,
          cpuMsPerAccount.toFixed(2),
          accountsPerSecond.toFixed(0),
          peakMemoryMb.toFixed(1),
          ratio,
        ),
      ),
    ),
    '',
    'Time from process start, ms',
    line('handler', 'nothing', 'bundle ready', 'unbundled', 'ratio'),
    ...figures.startUps.map(({ name, emptyMs, readyMs, unbundledMs, ratio }) =>
      line(name, emptyMs.toFixed(1), readyMs.toFixed(1), unbundledMs.toFixed(1), ratio.toFixed(2)),
    ),
    '',
    'Time from process start to the first answer of collect-reports, ms',
    line('', 'bundle', 'unbundled', 'ratio'),
    line(
      '',
      firstAnswer.bundleMs.toFixed(1),
      firstAnswer.unbundledMs.toFixed(1),
      firstAnswer.ratio.toFixed(2),
    ),
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

function line(...cells: string[]): string {
  return `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(15))).join('')}`.trimEnd();
}
