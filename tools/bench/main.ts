import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import Piscina from 'piscina';
import { displayOn } from '../../local/display';
import { runCommand } from '../../local/run-command';
import { type SynthesizedStack, readStack } from '../../local/synthesized-stack';
import { Synthesis } from '../../local/synthesis';
import { typescriptOptions } from '../../local/typescript';
import { boundsOf, meanBoundsOf } from './bounds';
import { meansOf } from './means';
import type { SizeFigures } from './measure';
import { COLLECTING_ACCOUNT, OTHER_ACCOUNT } from './model';
import { stackWithExports } from './designs/with-exports';
import { withOwners } from './designs/with-owners';
import { type BenchOptions, parseOptions } from './options';
import { withScale } from './designs/with-scale';
import { tables } from './tables';
import type { Measurement } from './worker';

async function main({
  accounts,
  reportTime,
  seed,
  seeds,
  scale,
  owners,
  exports,
  json,
}: BenchOptions): Promise<number> {
  const synthesized = exports ? stackWithExports() : await synthesizedStack();
  const stack = withScale(owners === undefined ? synthesized : withOwners(synthesized), scale);
  const managementAccount = owners === 'delegated-administrator' ? OTHER_ACCOUNT : COLLECTING_ACCOUNT;

  const workers = new Piscina({
    filename: join(__dirname, 'worker.ts'),
    execArgv: typescriptOptions,
    maxThreads: availableParallelism(),
  });
  const collected = new Int32Array(new SharedArrayBuffer(4));
  const display = displayOn(process.stderr);
  display.say('Modeling this project and the published design; 50,000 accounts take some minutes');
  // Only the reports of this project: how many the published design collects before it fails is not known.
  display.expect(seeds * accounts.reduce((sum, size) => sum + size, 0));
  const progressTimer = setInterval(() => {
    display.progress(Atomics.load(collected, 0));
  }, 1_000);
  try {
    // The largest size first, because it takes longest.
    const order = [...accounts].sort((a, b) => b - a);
    const runs = order.flatMap((size) =>
      Array.from({ length: seeds }, (_, run) => ({ size, seed: seed + run })),
    );
    const figures = await Promise.all(
      runs.map(({ size, seed }) => {
        const task: Measurement = {
          stack,
          accounts: size,
          reportTime,
          seed,
          managementAccount,
          collected,
        };
        return workers.run(task) as Promise<SizeFigures>;
      }),
    );
    const sizes = figures.sort((a, b) => a.accounts - b.accounts);
    process.stdout.write(json ? jsonOf(sizes) : tables(sizes));
    const bounds = [...sizes.flatMap(boundsOf), ...meansOf(sizes).flatMap(meanBoundsOf)];
    return bounds.every(({ holds }) => holds) ? 0 : 1;
  } finally {
    clearInterval(progressTimer);
    display.done();
    await workers.destroy();
  }
}

/** That of the first environment. */
async function synthesizedStack(): Promise<SynthesizedStack> {
  const synthesis = await Synthesis.make();
  try {
    return readStack(synthesis.fileOf(synthesis.environments[0] ?? ''), COLLECTING_ACCOUNT);
  } finally {
    synthesis.remove();
  }
}

function jsonOf(sizes: SizeFigures[]): string {
  const figures = {
    sizes: sizes.map((size) => ({ ...size, bounds: boundsOf(size) })),
    means: meansOf(sizes).map((means) => ({ ...means, bounds: meanBoundsOf(means) })),
  };
  return `${JSON.stringify(figures, null, 2)}\n`;
}

const options = parseOptions(process.argv.slice(2));
runCommand(() => main(options));
