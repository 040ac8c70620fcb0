/** Runs the property of `collection.test.ts` over as many cases as asked for; `npm run test:faults`. */
import { InvalidArgumentError, Option } from 'commander';
import fc from 'fast-check';
import { commandLine, wholeNumber } from '../../local/command-line';
import { type FaultCase, described, faultCases } from './fault-case';
import { brokenRules } from './rules';

interface Options {
  runs: number;
  seed: number;
  path?: string;
}

/** Time between two lines of progress, ms. */
const PAUSE = 5_000;

const options = commandLine({
  script: 'test:faults',
  description:
    'Runs the collection over random organizations in which random things go wrong, then once more without faults, ' +
    'and checks that every rule holds.',
  exitCodes: '0: every rule holds; 1: one is broken',
})
  .option('--runs <n>', 'cases to run', wholeNumber(1, 2 ** 31 - 1), 1_000)
  .addOption(
    new Option('--seed <n>', 'chooses the cases')
      .argParser(wholeNumber(-(2 ** 31), 2 ** 31 - 1))
      .default(Date.now() % 2 ** 31, 'another one every time'),
  )
  .option('--path <path>', 'repeats the one case that a failed run named, with its seed', pathOfCase)
  .parse()
  .opts<Options>();

main(options).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

async function main({ runs, seed, path }: Options): Promise<number> {
  const write = process.stdout.write.bind(process.stdout);
  const say = (line: string) => void write(`${line}\n`);
  // What the functions log, and their metrics, are not the output of this command.
  console.log = () => undefined;
  process.stdout.write = () => true;
  const started = performance.now();
  const progress = { cases: 0, faults: 0, said: started, broken: false };
  const property = fc.asyncProperty(faultCases, async (props) => {
    progress.cases++;
    progress.faults += props.faults.length + props.invocationFaults.length;
    if (!progress.broken && performance.now() - progress.said > PAUSE) {
      progress.said = performance.now();
      say(`${progress.cases} of ${runs} cases, ${progress.faults} faults`);
    }
    const holds = (await brokenRules(props)).length === 0;
    if (!holds && !progress.broken)
      say(`Case ${progress.cases} breaks a rule; looking for the least that does`);
    progress.broken ||= !holds;
    return holds;
  });
  const result = await fc.check(property, { numRuns: runs, seed, ...(path && { path }) });
  const seconds = Math.round((performance.now() - started) / 1000);
  const [failing] = result.counterexample ?? [];
  if (!failing) {
    say(
      `${result.numRuns} cases with ${progress.faults} faults in ${seconds} s: every rule held. Seed ${seed}`,
    );
    return 0;
  }
  say('The least that does:');
  say(await told(failing));
  say(`Repeat: npm run test:faults -- --seed ${seed} --path ${result.counterexamplePath ?? ''}`);
  return 1;
}

async function told(props: FaultCase): Promise<string> {
  const broken = await brokenRules(props);
  const rules = broken.map(({ rule, detail }) => `- ${rule}\n    ${detail}`);
  return [described(props), ...rules, ...(rules.length === 0 ? ['- not every time'] : [])].join('\n');
}

function pathOfCase(text: string): string {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('It must be numbers with colons between them.');
}
