import { execFileSync } from 'node:child_process';
import type { UnpackedBundle } from './bundles';
import { median } from './median';
import { projectRoot } from '../../support/project-root';

/** ms of three processes: one that loads nothing, the bundle, the clients unbundled. */
export interface Starts {
  /** Of Node.js alone. */
  emptyMs: number;
  /** Until the handler can be called. */
  readyMs: number;
  unbundledMs: number;
  /** Bundle to unbundled clients. */
  ratio: number;
  /** The same without what Node.js alone takes. */
  ratioWithoutNode: number;
}

export interface StartUp {
  name: string;
  /** From process start. */
  time: Starts;
  /** Processor time, which a busy machine lengthens less. */
  cpu: Starts;
}

interface Sample {
  timeMs: number;
  cpuMs: number;
}

/** The SDK clients that each handler imports. */
const CLIENTS: Record<UnpackedBundle['name'], string[]> = {
  'list-accounts': ['@aws-sdk/client-lambda', '@aws-sdk/client-organizations', '@aws-sdk/client-s3'],
  'request-reports': ['@aws-sdk/client-iam', '@aws-sdk/client-sts'],
  'collect-reports': ['@aws-sdk/client-iam', '@aws-sdk/client-s3', '@aws-sdk/client-sts'],
  'summarize-run': ['@aws-sdk/client-s3'],
};

/** Starts the processes by turns, so that whatever else the machine does meets them all. */
export function startUps(bundles: UnpackedBundle[], rounds: number, onRound: () => void): StartUp[] {
  const handlers = bundles.map(({ name, script }) => ({
    name,
    modules: { empty: [], ready: [script], unbundled: CLIENTS[name] },
    samples: { empty: [] as Sample[], ready: [] as Sample[], unbundled: [] as Sample[] },
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { modules, samples } of handlers) {
      for (const what of ['empty', 'ready', 'unbundled'] as const) samples[what].push(loaded(modules[what]));
    }
    onRound();
  }
  return handlers.map(({ name, samples }) => {
    const startsOf = (value: (sample: Sample) => number) =>
      starts(
        median(samples.empty.map(value)),
        median(samples.ready.map(value)),
        median(samples.unbundled.map(value)),
      );
    return { name, time: startsOf(({ timeMs }) => timeMs), cpu: startsOf(({ cpuMs }) => cpuMs) };
  });
}

function starts(emptyMs: number, readyMs: number, unbundledMs: number): Starts {
  return {
    emptyMs,
    readyMs,
    unbundledMs,
    ratio: readyMs / unbundledMs,
    ratioWithoutNode: (readyMs - emptyMs) / (unbundledMs - emptyMs),
  };
}

/** Starts a process that tells when its modules are loaded and evaluated. */
function loaded(modules: string[]): Sample {
  const script = [
    ...modules.map((name) => `require(${JSON.stringify(name)});`),
    'const timeMs = performance.now(), { user, system } = process.cpuUsage();',
    'console.log(JSON.stringify({ timeMs, cpuMs: (user + system) / 1000 }));',
  ].join('');
  const told = execFileSync(process.execPath, ['-e', script], { cwd: projectRoot, encoding: 'utf8' });
  return JSON.parse(told) as Sample;
}
