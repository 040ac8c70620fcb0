import { execFileSync } from 'node:child_process';
import type { UnpackedBundle } from './bundles';
import { median } from './median';
import { projectRoot } from '../../support/project-root';

/** Milliseconds until a process has loaded nothing, the bundle, or the unbundled clients. */
export interface StartupTimes {
  nodeMs: number;
  bundleMs: number;
  unbundledMs: number;
  /** Bundle divided by unbundled clients. */
  ratio: number;
  /** The same without the time of Node.js alone. */
  ratioWithoutNode: number;
}

export interface Startup {
  name: string;
  /** Elapsed time from process start. */
  time: StartupTimes;
  /** CPU time, which other work on the machine changes less. */
  cpu: StartupTimes;
}

interface Sample {
  timeMs: number;
  cpuMs: number;
}

/** The SDK clients that each handler imports. */
const CLIENTS: Record<UnpackedBundle['name'], string[]> = {
  'list-accounts': [
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-organizations',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sfn',
  ],
  'collect-reports': ['@aws-sdk/client-iam', '@aws-sdk/client-s3', '@aws-sdk/client-sts'],
  'summarize-run': ['@aws-sdk/client-kms', '@aws-sdk/client-s3'],
  'export-results': ['@aws-sdk/client-eventbridge', '@aws-sdk/client-s3'],
};

/** Starts the processes in turn, so that other work on the machine slows all of them down alike. */
export function measureStartups(bundles: UnpackedBundle[], rounds: number, onRound: () => void): Startup[] {
  const handlers = bundles.map(({ name, script }) => ({
    name,
    modules: { node: [], bundle: [script], unbundled: CLIENTS[name] },
    samples: { node: [] as Sample[], bundle: [] as Sample[], unbundled: [] as Sample[] },
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { modules, samples } of handlers) {
      for (const kind of ['node', 'bundle', 'unbundled'] as const) samples[kind].push(load(modules[kind]));
    }
    onRound();
  }
  return handlers.map(({ name, samples }) => {
    const timesOf = (value: (sample: Sample) => number) =>
      startupTimes(
        median(samples.node.map(value)),
        median(samples.bundle.map(value)),
        median(samples.unbundled.map(value)),
      );
    return { name, time: timesOf(({ timeMs }) => timeMs), cpu: timesOf(({ cpuMs }) => cpuMs) };
  });
}

function startupTimes(nodeMs: number, bundleMs: number, unbundledMs: number): StartupTimes {
  return {
    nodeMs,
    bundleMs,
    unbundledMs,
    ratio: bundleMs / unbundledMs,
    ratioWithoutNode: (bundleMs - nodeMs) / (unbundledMs - nodeMs),
  };
}

/** Starts a process that prints how long it took to load and evaluate modules. */
function load(modules: string[]): Sample {
  const script = [
    ...modules.map((name) => `require(${JSON.stringify(name)});`),
    'const timeMs = performance.now(), { user, system } = process.cpuUsage();',
    'console.log(JSON.stringify({ timeMs, cpuMs: (user + system) / 1000 }));',
  ].join('');
  const output = execFileSync(process.execPath, ['-e', script], { cwd: projectRoot, encoding: 'utf8' });
  return JSON.parse(output) as Sample;
}
