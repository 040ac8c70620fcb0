import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { UnpackedBundle } from './bundles';
import { median } from './median';

/** Times from process start, ms, of three processes: one that loads nothing, the bundle, the clients unbundled. */
export interface StartUp {
  name: string;
  /** Of Node.js alone. */
  emptyMs: number;
  /** Until the handler can be called. */
  readyMs: number;
  unbundledMs: number;
  /** Bundle to unbundled clients. */
  ratio: number;
  /** The same without the time of Node.js alone. */
  ratioWithoutNode: number;
}

const projectRoot = resolve(__dirname, '../..');

/** The SDK clients that each handler imports. */
const CLIENTS: Record<UnpackedBundle['name'], string[]> = {
  'list-accounts': ['@aws-sdk/client-organizations', '@aws-sdk/client-s3'],
  'collect-reports': ['@aws-sdk/client-iam', '@aws-sdk/client-s3', '@aws-sdk/client-sts'],
  'summarise-run': ['@aws-sdk/client-s3'],
};

/** Starts the processes by turns, so that whatever else the machine does meets them all. */
export function startUps(bundles: UnpackedBundle[], rounds: number, onRound: () => void): StartUp[] {
  const times = bundles.map(({ name, script }) => ({
    name,
    modules: { empty: [], ready: [script], unbundled: CLIENTS[name] },
    ms: { empty: [] as number[], ready: [] as number[], unbundled: [] as number[] },
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { modules, ms } of times) {
      for (const what of ['empty', 'ready', 'unbundled'] as const) ms[what].push(timeToLoad(modules[what]));
    }
    onRound();
  }
  return times.map(({ name, ms }) => {
    const [emptyMs, readyMs, unbundledMs] = [median(ms.empty), median(ms.ready), median(ms.unbundled)];
    return {
      name,
      emptyMs,
      readyMs,
      unbundledMs,
      ratio: readyMs / unbundledMs,
      ratioWithoutNode: (readyMs - emptyMs) / (unbundledMs - emptyMs),
    };
  });
}

/** ms from process start until the modules are loaded and evaluated. */
function timeToLoad(modules: string[]): number {
  const script = `${modules.map((name) => `require(${JSON.stringify(name)});`).join('')}console.log(performance.now())`;
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: projectRoot, encoding: 'utf8' }));
}
