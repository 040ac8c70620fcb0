import { defaultOptions } from '../../../constructs/environment/environment';
import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { readStack } from '../../../local/synthesized-stack';
import { Synthesis } from '../../../local/synthesis';
import { type SizeFigures, handlerVersion, measureSize, plain, supplyOf } from './batches';
import { type UnpackedBundle, unpackedBundles } from './bundles';
import { BUCKET, type Endpoint, type Transport, startEndpoint } from './endpoint';
import { firstAnswer } from './first-answer';
import { parseOptions } from './options';
import { type HandlerFigures, misses, report } from './report';
import { startUps } from './start-up';

const TRANSPORTS: Transport[] = ['TLS', 'plain HTTP'];
const SIZES = [10, 40, 100, defaultOptions.scale.batchSize];
/** Accounts of each size and version, about. */
const ACCOUNTS = 400;
const WARM_UP = 200;
const STARTS = 25;
/** Stands for the account that runs the collection. */
const ACCOUNT = '100000000000';
const USERS = 10;

const roundsOf = (size: number) => Math.ceil(ACCOUNTS / size);
const ALL_ACCOUNTS = SIZES.reduce((sum, size) => sum + 2 * size * roundsOf(size), 2 * WARM_UP);

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(json: boolean): Promise<number> {
  Object.assign(process.env, await deployedVariables());
  const { bundles, remove } = unpackedBundles();
  const collectReports = bundles.find(({ name }) => name === 'collect-reports');
  if (!collectReports) throw new Error('There is no bundle of collect-reports');
  try {
    const batches: HandlerFigures['batches'] = [];
    for (const transport of TRANSPORTS) {
      const sizes = await withEndpoint(transport, ALL_ACCOUNTS, (endpoint) =>
        measureBatches(collectReports, endpoint),
      );
      batches.push({ transport, sizes });
    }
    say(`Starting processes, ${STARTS} rounds`);
    const figures: HandlerFigures = {
      batches,
      startUps: startUps(bundles, STARTS, () => process.stderr.write('.')),
      firstAnswer: await withEndpoint('TLS', 2 * STARTS, (endpoint) =>
        firstAnswer(collectReports, endpoint, supplyOf(endpoint), STARTS),
      ),
      bundles: bundles.map(({ name, scriptBytes, zipBytes }) => ({ name, scriptBytes, zipBytes })),
    };
    say('');
    process.stdout.write(
      json ? `${JSON.stringify({ ...figures, missed: misses(figures) }, null, 2)}\n` : report(figures),
    );
    return misses(figures).length === 0 ? 0 : 1;
  } finally {
    remove();
  }
}

async function measureBatches(bundle: UnpackedBundle, endpoint: Endpoint): Promise<SizeFigures[]> {
  const { log } = console;
  // The handler writes a line an account.
  console.log = () => undefined;
  try {
    const handler = handlerVersion(bundle, endpoint);
    const supply = supplyOf(endpoint);
    await handler(supply(WARM_UP), 1);
    await plain(supply(WARM_UP), 1);
    const sizes: SizeFigures[] = [];
    for (const size of SIZES) {
      say(`  batches of ${size}`);
      sizes.push(await measureSize(size, roundsOf(size), handler, supply));
    }
    return sizes;
  } finally {
    console.log = log;
  }
}

async function withEndpoint<Result>(
  transport: Transport,
  accounts: number,
  work: (endpoint: Endpoint) => Result | Promise<Result>,
): Promise<Result> {
  say(`An embedded organization of ${accounts} accounts over ${transport}`);
  const endpoint = await startEndpoint(transport, accounts, USERS);
  try {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIALOCALCOLLECTOR00',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    return await work(endpoint);
  } finally {
    await endpoint.stop();
  }
}

/** The environment variables of `collect-reports` as they are deployed, but for the bucket. */
async function deployedVariables(): Promise<Record<string, string>> {
  const synthesis = await Synthesis.make();
  try {
    const { functions } = readStack(synthesis.fileOf(synthesis.environments[0] ?? ''), ACCOUNT);
    const deployed = functions.find(({ name }) => name.endsWith('collect-reports'));
    return { ...deployed?.environment, [collectReportsSettings.reportBucket.variable]: BUCKET };
  } finally {
    synthesis.remove();
  }
}

main(parseOptions(process.argv.slice(2)).json).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
