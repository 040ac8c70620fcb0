/** Fetches page and tables of a deployed environment: `npm run report -- NAME [DATE]`. */
import { join, relative, resolve } from 'node:path';
import type { Environment } from '../../constructs/environment/environment';
import { InvalidEnvironments, readEnvironments } from '../../constructs/environment/environment-files';
import { awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { callerIdentity } from '../../local/aws-configuration/caller-identity';
import { unlessAborted } from '../../local/interruption';
import { printableText } from '../../local/printable';
import { runCommand } from '../../local/run-command';
import { Progress } from '../support/progress';
import { projectRoot } from '../support/project-root';
import { S3Store } from '../verify/s3-store';
import { accessError } from './access-error';
import { hasBrowser, openInBrowser } from './browser';
import { type FetchedReport, fetchReport } from './fetch-report';
import { NotAsRecorded } from './not-as-recorded';
import { type ReportOptions, parseOptions } from './options';
import { linesOf, problemLines } from './print';
import { reportPlace } from './report-place';
// Last: see there.
import { interruption } from '../../local/signals';

const print = (stream: NodeJS.WriteStream, ...lines: string[]) => {
  stream.write(`${printableText(lines.join('\n'))}\n`);
};

async function main(options: ReportOptions): Promise<number> {
  // Credential reports are sensitive: no other user of this machine may read them.
  process.umask(0o077);
  const fetched = await unlessAborted(interruption.signal, fetchOrTell(options));
  if (!fetched) return 1;
  print(process.stdout, ...linesOf(options.environment, fetched));
  const { platform, env, stdout } = process;
  if (!options.open || !hasBrowser({ platform, env, isTTY: stdout.isTTY })) return 0;
  const problem = await openInBrowser(fetched.page);
  if (problem !== undefined) print(process.stderr, `No browser could be started: ${problem}`);
  return 0;
}

/** Nothing if something is not as recorded, which is told. */
async function fetchOrTell({
  environment: name,
  date,
  out,
}: ReportOptions): Promise<FetchedReport | undefined> {
  const environment = environmentOf(name);
  const { region } = environment;
  const aws = await awsConfiguration(process.env);
  const account = async () => (await callerIdentity({ ...aws.client, region })).account;
  const place = await reportPlace({ name, environment, account });
  const store = await S3Store.connect(place, region, aws);
  const progress = new Progress(process.stderr, 'Fetching');
  const onProgress = progress.show.bind(progress);
  const signs = environment.signing;
  try {
    const props = { environment: name, date, signs, out: resolve(out), now: new Date(), onProgress };
    return await fetchReport(store, props);
  } catch (error) {
    if (!(error instanceof NotAsRecorded)) throw accessError(error, name, place);
    progress.clear();
    print(process.stderr, ...problemLines(error, { store: store.name, environment: name, date }));
    return undefined;
  } finally {
    progress.clear();
  }
}

function environmentOf(name: string): Environment {
  const folder = relative('', join(projectRoot, 'environments'));
  const environment = readEnvironments(folder).get(name);
  if (!environment) throw new InvalidEnvironments(`there is no environment ${name}`);
  return environment;
}

runCommand(async () => {
  try {
    return await main(parseOptions(process.argv.slice(2)));
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted: nothing was replaced');
    // Requests that are not answered would keep the process alive.
    process.exit(interruption.exitCode);
  }
});
