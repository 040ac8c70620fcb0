import { defaultOptions } from '../../../constructs/environment/environment';
import { runCommand } from '../../../local/run-command';
import { type UnpackedBundle, unpackBundles } from './bundles';
import { deployedVariables } from './deployed-variables';
import { type Endpoint, type Transport, startEndpoint } from './endpoint';
import { firstResponse } from './first-response';
import {
  type SizeFigures,
  handlerCollector,
  measureSize,
  plainCollector,
  unusedAccounts,
} from './measure-batches';
import { parseOptions } from './options';
import { type HandlerFigures, brokenBounds, report } from './report';
import { measureStartups } from './startup';

const TRANSPORTS: Transport[] = ['TLS', 'plain HTTP'];
const SIZES = [...new Set([10, 40, 100, defaultOptions.scale.batchSize, 400])];
/** Accounts that each collector polls for each size, rounded up to whole batches. */
const ACCOUNTS = 400;
const WARM_UP = 200;
const STARTS = 25;
const USERS = 10;

const roundsOf = (size: number) => Math.ceil(ACCOUNTS / size);
const ALL_ACCOUNTS = SIZES.reduce((sum, size) => sum + 2 * size * (1 + roundsOf(size)), 2 * WARM_UP);

const showProgress = (line: string) => void process.stderr.write(`${line}\n`);

async function main(json: boolean): Promise<number> {
  Object.assign(process.env, await deployedVariables());
  const { bundles, remove } = unpackBundles();
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
    process.stderr.write(`Starting processes, ${STARTS} rounds: `);
    const startups = measureStartups(bundles, STARTS, () => process.stderr.write('.'));
    showProgress('');
    const figures: HandlerFigures = {
      batches,
      startups,
      firstResponse: await withEndpoint('TLS', 2 * STARTS, (endpoint) =>
        firstResponse(collectReports, endpoint, unusedAccounts(endpoint), STARTS),
      ),
      bundles: bundles.map(({ name, scriptBytes, zipBytes }) => ({ name, scriptBytes, zipBytes })),
    };
    const broken = brokenBounds(figures);
    process.stdout.write(
      json ? `${JSON.stringify({ ...figures, brokenBounds: broken }, null, 2)}\n` : report(figures),
    );
    return broken.length === 0 ? 0 : 1;
  } finally {
    remove();
  }
}

async function measureBatches(bundle: UnpackedBundle, endpoint: Endpoint): Promise<SizeFigures[]> {
  const { log } = console;
  // Hides the logs of the handler.
  console.log = () => undefined;
  try {
    const handler = handlerCollector(bundle, endpoint);
    const nextAccounts = unusedAccounts(endpoint);
    await handler(nextAccounts(WARM_UP), 1);
    await plainCollector(nextAccounts(WARM_UP), 1);
    const sizes: SizeFigures[] = [];
    for (const size of SIZES) {
      showProgress(`  batches of ${size}`);
      sizes.push(await measureSize(size, roundsOf(size), handler, nextAccounts));
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
  showProgress(`Embedded organization of ${accounts} accounts over ${transport}`);
  const endpoint = await startEndpoint(transport, accounts, USERS);
  try {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_REGION: 'us-east-1',
      ...endpoint.credentials,
    });
    return await work(endpoint);
  } finally {
    await endpoint.stop();
  }
}

const { json } = parseOptions(process.argv.slice(2));
runCommand(() => main(json));
