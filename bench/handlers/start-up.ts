import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { UnpackedBundle } from './bundles';

/** Time from process start, ms, of three processes: one that loads nothing, the bundle, the clients unbundled. */
export interface StartUp {
  name: string;
  emptyMs: number;
  /** Until the handler can be called. */
  readyMs: number;
  unbundledMs: number;
  /** Bundle to unbundled clients. */
  ratio: number;
}

const projectRoot = resolve(__dirname, '../..');

/** The SDK clients that each handler imports. */
const CLIENTS: Record<UnpackedBundle['name'], string[]> = {
  'list-accounts': ['@aws-sdk/client-organizations', '@aws-sdk/client-s3'],
  'collect-reports': ['@aws-sdk/client-iam', '@aws-sdk/client-s3', '@aws-sdk/client-sts'],
  'summarise-run': ['@aws-sdk/client-s3'],
};

/**
 * Starts each process many times by turns. The shortest time is taken: whatever else the machine does can only
 * lengthen it.
 */
export function startUps(bundles: UnpackedBundle[], rounds: number, onRound: () => void): StartUp[] {
  const times = bundles.map(() => ({ empty: Infinity, ready: Infinity, unbundled: Infinity }));
  for (let round = 0; round < rounds; round++) {
    bundles.forEach(({ name, script }, index) => {
      const best = times[index];
      if (!best) return;
      best.empty = Math.min(best.empty, timeToLoad([]));
      best.ready = Math.min(best.ready, timeToLoad([script]));
      best.unbundled = Math.min(best.unbundled, timeToLoad(CLIENTS[name]));
    });
    onRound();
  }
  return bundles.map(({ name }, index) => {
    const { empty, ready, unbundled } = times[index] ?? { empty: NaN, ready: NaN, unbundled: NaN };
    return {
      name,
      emptyMs: empty,
      readyMs: ready,
      unbundledMs: unbundled,
      ratio: ready / unbundled,
    };
  });
}

/** ms from process start until the modules are loaded. */
function timeToLoad(modules: string[]): number {
  const script = `${modules.map((name) => `require(${JSON.stringify(name)});`).join('')}console.log(performance.now())`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: projectRoot, encoding: 'utf8' }));
}
