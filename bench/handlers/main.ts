import { parseOptions } from './options';
import { CONCURRENCY, handlerVersion, measureSize, plain, supplyOf } from './batches';
import { unpackedBundles } from './bundles';
import { BUCKET, startEndpoint } from './endpoint';
import { firstAnswer } from './first-answer';
import { startUps } from './start-up';
import { type HandlerFigures, misses, report } from './report';

const SIZES = [10, 40, 100, 450];
/** Accounts of each size and version, about. */
const ACCOUNTS = 400;
const WARM_UP = 200;
const STARTS = 20;

async function main(json: boolean): Promise<number> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const { bundles, remove } = unpackedBundles();
  const [, collectReports] = bundles;
  if (!collectReports) throw new Error('There is no bundle of collect-reports');
  const rounds = SIZES.map((size) => Math.ceil(ACCOUNTS / size));
  const accounts = SIZES.reduce(
    (sum, size, index) => sum + 2 * size * (rounds[index] ?? 0),
    2 * (WARM_UP + STARTS),
  );
  const endpoint = await startEndpoint(accounts, 10);
  try {
    Object.assign(process.env, settingsFor(endpoint.url));
    const { log } = console;
    console.log = () => undefined;
    const handler = handlerVersion(collectReports, endpoint);
    const supply = supplyOf(endpoint);
    say('Warming up');
    await handler(supply(WARM_UP), 1);
    await plain(supply(WARM_UP), 1);
    const batches: HandlerFigures['batches'] = [];
    for (const [index, size] of SIZES.entries()) {
      say(`Collecting batches of ${size}`);
      batches.push(await measureSize(size, rounds[index] ?? 1, handler, supply));
    }
    console.log = log;
    say(`Starting processes, ${STARTS} rounds`);
    const figures: HandlerFigures = {
      batches,
      startUps: startUps(bundles, STARTS, () => process.stderr.write('.')),
      firstAnswer: firstAnswer(collectReports, endpoint, supply, STARTS),
      bundles: bundles.map(({ name, scriptBytes, zipBytes }) => ({ name, scriptBytes, zipBytes })),
    };
    say('');
    process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : report(figures));
    return misses(figures).length === 0 ? 0 : 1;
  } finally {
    await endpoint.stop();
    remove();
  }
}

/** What AWS Lambda and the deployment would set. */
function settingsFor(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIALOCALCOLLECTOR00',
    AWS_SECRET_ACCESS_KEY: 'local',
    REPORT_BUCKET: BUCKET,
    REPORT_ROLE_NAME: 'report-role',
    PARTITION: 'aws',
    CONCURRENCY: String(CONCURRENCY),
  };
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
