import { resolve } from 'node:path';
import { errorText } from '../constructs/error-text';
import { type CollectionResult, collect } from './collection';
import { type Display, displayOn } from './display';
import { ownerTags } from './fake-aws/organization/owner-tags';
import { EmbeddedOrganization } from './fake-aws/organization/organization';
import { unlessAborted } from './interruption';
import { type LocalOptions, parseOptions } from './options';
import { printableJson, printableText } from './printable';
import { RunFolder } from './run-folder';
import { awsSource } from './source/aws-source';
import { embeddedSource } from './source/embedded-source';
import type { OrganizationSource } from './source/organization-source';
import { dayLine, exitCodeOf, jsonSummary, summary } from './summary';
import { readStack } from './synthesized-stack';
import { Synthesis } from './synthesis';
// Last: see there.
import { interruption } from './signals';

/** Waits in a run over the embedded organization, s. Its reports are ready after some polls, however short the waits are. */
const EMBEDDED_WAIT = 0.1;

async function main(options: LocalOptions, signal: AbortSignal): Promise<number> {
  // Credential reports are sensitive: no other user of this machine may read what this process and its children write.
  process.umask(0o077);
  const display = displayOn(options.json ? process.stderr : process.stdout);
  const out = resolve(options.out);
  RunFolder.assertFree(out);
  const synthesis = await Synthesis.make({ signal });
  try {
    const stackFile = stackOf(options, synthesis, display);
    const folder = RunFolder.open(out);
    try {
      return await runIn(folder, stackFile, options, display, signal);
    } finally {
      folder.close();
    }
  } finally {
    synthesis.remove();
  }
}

async function runIn(
  folder: RunFolder,
  stackFile: string,
  options: LocalOptions,
  display: Display,
  signal: AbortSignal,
): Promise<number> {
  const source = await unlessAborted(signal, sourceOf(options, folder.path, stackFile));
  try {
    const stack = readStack(stackFile, source.accountId, source.organizationId);
    folder.makePrivate([stack.bucket]);
    display.say(source.describe(stack.reportRoleName));
    const waitSeconds = waitOf(options, display);
    const results: CollectionResult[] = [];
    for (let day = 0; day < options.days; day++) {
      const behind = source.begin?.(day) ?? 0;
      const startTime = new Date(Date.now() - behind);
      const execution = `local-${startTime.toISOString().replace(/[-:.]/g, '')}`;
      const result = await collect({
        ...{ stack, source, folder: folder.path, waitSeconds, display, execution, behind, signal },
        redrive: options.redrive,
      });
      results.unshift(result);
      // Without a manifest, the next day would be compared with another one.
      if (!result.summarized) break;
      if (options.days > 1) display.say(dayLine(result.summarized.manifest));
    }
    const [last, ...earlier] = results as [CollectionResult, ...CollectionResult[]];
    report(last, earlier, options, display);
    return exitCodeOf(last, options.failOn);
  } finally {
    await source.stop();
  }
}

function stackOf({ environment }: LocalOptions, synthesis: Synthesis, display: Display): string {
  const { environments } = synthesis;
  const name = environment ?? environments[0] ?? '';
  display.say(`Synthesized environment ${name}`);
  return synthesis.fileOf(name);
}

function sourceOf(options: LocalOptions, folder: string, stackFile: string): Promise<OrganizationSource> {
  const stack = readStack(stackFile, '');
  if (options.organization === 'aws') return awsSource(folder, options.roleName, stack);
  const { partition, includedUnits: units, serviceCredentials } = stack;
  if (options.listsDenied > 0 && !serviceCredentials)
    throw new Error(
      '--lists-denied: the environment lists no service-specific credentials. Set "serviceCredentials": true in its file, or leave the option out',
    );
  const organization = new EmbeddedOrganization({ ...options, partition, units, tags: ownerTags });
  return embeddedSource(organization, folder, stack.bucketOwner);
}

function waitOf({ waitSeconds, organization }: LocalOptions, display: Display): number | undefined {
  const wait = waitSeconds ?? (organization === 'embedded' ? EMBEDDED_WAIT : undefined);
  if (wait !== undefined) {
    display.say(`Every wait takes ${wait} s in this run; accounts are polled as often as when deployed`);
  }
  return wait;
}

function report(
  result: CollectionResult,
  earlier: readonly CollectionResult[],
  { json, redrive, failOn }: LocalOptions,
  display: Display,
): void {
  display.say(summary(result, failOn));
  if (redrive !== undefined && !result.redrive)
    display.say(`The run did not reach ${redrive}: no digest was due. Add --denied 1`);
  if (!json) return;
  const earlierDays = earlier.map((day) => jsonSummary(day, failOn)).reverse();
  const all = { ...jsonSummary(result, failOn), ...(earlierDays.length > 0 && { earlierDays }) };
  process.stdout.write(`${printableJson(JSON.stringify(all))}\n`);
}

main(parseOptions(process.argv.slice(2)), interruption.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = printableText(error instanceof Error ? error.message : String(error));
    if (interruption.signal.aborted) {
      console.error(message);
      // The interpreter would go on with the execution.
      process.exit(interruption.exitCode);
    }
    console.error(printableText(errorText(error)));
    process.exitCode = 1;
  },
);
