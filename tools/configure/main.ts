/** Writes an environment file from answers: `npm run configure -- ENVIRONMENT`. */
import { join, relative } from 'node:path';
import { asOptions } from './answer';
import type { Draft } from './draft';
import { EnvironmentFile } from './file';
import { type Facts, lookUp } from './facts';
import { Refused } from './answered';
import { Stopped, interview } from './interview';
import { type ConfigureOptions, parseOptions } from './options';
import { terminalPrompter } from './prompter';
import { projectRoot } from '../support/project-root';

/** The command cannot be used like this. */
class WrongUsage extends Error {}

/** What a person would lose by Ctrl-C. */
const given: Record<string, string> = {};
let again = '';

const nothing: Facts = { accounts: [], notes: ['Nothing is looked up in AWS'] };

/** The Region of the file, as far as it can be one. */
const regionOf = ({ region }: Draft) => (typeof region === 'string' && region !== '' ? region : undefined);

async function main({
  environment: name,
  flags,
  yes,
  all,
  lookUp: mayLookUp,
}: ConfigureOptions): Promise<void> {
  const terminal = { input: process.stdin, output: process.stdout };
  if (!yes && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new WrongUsage(
      'questions need a terminal: answer them by options and add --yes (--help lists them)',
    );
  }
  const file = new EnvironmentFile(relative('', join(projectRoot, 'environments')), name);
  const saved = file.read();
  const prompter = terminalPrompter(terminal);
  const facts = mayLookUp ? await lookUp(flags.region ?? regionOf(saved)) : nothing;
  facts.notes.forEach(prompter.say);

  Object.assign(given, flags);
  again = `npm run configure -- ${name}${all ? ' --all' : ''}${mayLookUp ? '' : ' --no-look-up'}`;
  const draft = await interview({
    name,
    saved,
    path: file.path,
    flags,
    facts,
    others: file.others(),
    all,
    say: prompter.say,
    keep: (id, answer) => {
      given[id] = answer;
    },
    ...(!yes && { ask: prompter.ask }),
  });
  const changed = await file.write(draft);
  prompter.say(`\n${changed ? 'Wrote' : 'Nothing to change in'} ${file.path}`);
  prompter.say(`Next: npm run golden && cdktf diff ${name}`);
}

function failed(error: unknown): void {
  if (error instanceof Stopped) stopped();
  console.error(
    error instanceof Refused
      ? error.message
      : `error: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (error instanceof Refused) console.error('Nothing was written');
  const wrongUsage = error instanceof Refused ? error.wrongUsage : error instanceof WrongUsage;
  process.exitCode = wrongUsage ? 2 : 1;
}

function stopped(): never {
  console.error('\nStopped: nothing was written');
  if (Object.keys(given).length > 0) {
    console.error(`To go on with the answers so far:\n  ${[again, ...asOptions(given)].join(' ')}`);
  }
  process.exit(130);
}

// Between two questions a signal comes as a signal.
process.once('SIGINT', stopped);
main(parseOptions(process.argv.slice(2))).catch(failed);
