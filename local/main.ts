import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CollectionResult, collect } from './collection';
import { type Display, displayOn } from './display';
import { type LocalOptions, parseOptions } from './options';
import { type OrganizationSource, awsOrganization, embeddedOrganization } from './organization-source';
import { EmbeddedOrganization } from './fake-aws/organization/organization';
import { jsonSummary, summary } from './summary';
import { readStack } from './synthesized';
import { Synthesis } from './synthesize';

/** Wait of a run against the embedded organization, s: it makes its reports by the look, not by the clock. */
const EMBEDDED_WAIT = 0.1;

/** What was asked for does not exist. */
class WrongUsage extends Error {}

async function main(options: LocalOptions): Promise<number> {
  const display = displayOn(options.json ? process.stderr : process.stdout);
  const synthesis = await Synthesis.make();
  try {
    const stackFile = stackOf(options, synthesis, display);
    const folder = resolve(options.out);
    // Reports of real accounts are nobody else's business.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const source = await sourceOf(options, folder, stackFile);
    try {
      const stack = readStack(stackFile, source.accountId);
      display.say(source.describe(stack.reportRoleName));
      const waitSeconds = waitOf(options, display);
      const execution = `local-${new Date().toISOString().replace(/[-:.]/g, '')}`;
      const result = await collect({ stack, source, folder, waitSeconds, display, execution });
      report(result, options, display);
      return result.status === 'SUCCEEDED' ? 0 : 1;
    } finally {
      await source.stop();
    }
  } finally {
    synthesis.remove();
  }
}

function stackOf({ environment }: LocalOptions, synthesis: Synthesis, display: Display): string {
  const { environments } = synthesis;
  const name = environment ?? environments[0] ?? '';
  if (!environments.includes(name)) {
    throw new WrongUsage(`there is no environment ${name}; environments/ has ${environments.join(', ')}`);
  }
  display.say(`Synthesized environment ${name}`);
  return synthesis.fileOf(name);
}

function sourceOf(options: LocalOptions, folder: string, stackFile: string): Promise<OrganizationSource> {
  const { partition, region } = readStack(stackFile, '');
  if (options.organization === 'aws') return awsOrganization(folder, options.roleName, region);
  return embeddedOrganization(new EmbeddedOrganization({ ...options, partition }), folder);
}

function waitOf({ waitSeconds, organization }: LocalOptions, display: Display): number | undefined {
  const wait = waitSeconds ?? (organization === 'embedded' ? EMBEDDED_WAIT : undefined);
  if (wait !== undefined) display.say(`Every wait of the state machine takes ${wait} s in this run`);
  return wait;
}

function report(result: CollectionResult, { json }: LocalOptions, display: Display): void {
  display.say(summary(result));
  if (json) process.stdout.write(`${JSON.stringify(jsonSummary(result))}\n`);
}

// What is temporary goes when the process exits, and a signal alone would not let it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main(parseOptions(process.argv.slice(2))).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof WrongUsage ? 2 : 1;
  },
);
