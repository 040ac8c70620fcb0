/** Verifies stored evidence: `npm run verify -- FOLDER|s3://BUCKET[/PREFIX]`. */
import { errorText } from '../../constructs/error-text';
import { printableJson, printableText } from '../../local/printable';
import { reasonOf } from './findings';
import { Progress } from '../support/progress';
import { FolderStore } from './folder-store';
import { type VerifyOptions, parseOptions } from './options';
import { JsonPrinter } from './print-json';
import { TextPrinter } from './print-text';
import { S3Store } from './s3-store';
import { Summary } from './summary';
import { NothingToVerify, verify } from './verify';

async function main(options: VerifyOptions): Promise<number> {
  const { location, json, region, publicKeys } = options;
  const store =
    'folder' in location ? new FolderStore(location.folder) : await S3Store.connect(location, region);
  const progress = new Progress(process.stderr, 'Verifying');
  const write = (text: string) => {
    progress.clear();
    process.stdout.write(text);
  };
  const printer = json
    ? new JsonPrinter((text) => {
        write(printableJson(text));
      })
    : new TextPrinter((line) => {
        write(`${line}\n`);
      });
  const summary = new Summary();
  let isStarted = false;
  let stopped: string | undefined;
  try {
    const onProgress = (what: string, done: number, total: number) => {
      progress.show(what, done, total);
    };
    for await (const event of verify(store, { ...options, now: new Date(), onProgress })) {
      if (!isStarted) printer.start(store.name);
      isStarted = true;
      summary.add(event);
      printer.event(event);
    }
  } catch (error) {
    if (!isStarted) throw error;
    stopped = reasonOf(error);
  }
  const limits = summary.limits({
    hasPublicKeys: publicKeys !== undefined,
    expectsHead: options.expectHead !== undefined,
  });
  printer.end(summary, limits, stopped);
  return summary.exitCode || (stopped === undefined ? 0 : 2);
}

// What was not printed was not told, also when the reader has seen enough, as with `| head`. 1 would accuse somebody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') console.error(errorText(error, 'standard output'));
  process.exit(2);
});

main(parseOptions(process.argv.slice(2))).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`error: ${printableText(error instanceof Error ? error.message : String(error))}`);
    process.exitCode = error instanceof NothingToVerify ? error.exitCode : 2;
  },
);
