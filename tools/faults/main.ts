/** `npm run test:faults`: checks the rules against as many random cases as you want; `npm test` checks 200. */
import { InvalidArgumentError, Option } from 'commander';
import fc from 'fast-check';
import { commandLine, wholeNumber } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { brokenRules } from './broken-rules';
import { type FaultCase, faultCases, formatCase } from './fault-case';

interface Options {
  runs: number;
  seed: number;
  path?: string;
}

/** Time between two lines of progress, ms. */
const PROGRESS_INTERVAL = 5_000;

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

runCommand(() => main(options));

async function main({ runs, seed, path }: Options): Promise<number> {
  const write = process.stdout.write.bind(process.stdout);
  const print = (line: string) => void write(`${line}\n`);
  // Hides the logs and metrics of the functions.
  console.log = () => undefined;
  process.stdout.write = () => true;
  const started = performance.now();
  const progress = { cases: 0, faults: 0, printedAt: started, broken: false };
  const property = fc.asyncProperty(faultCases, async (props) => {
    progress.cases++;
    progress.faults += props.faults.length + props.invocationFaults.length;
    if (!progress.broken && performance.now() - progress.printedAt > PROGRESS_INTERVAL) {
      progress.printedAt = performance.now();
      print(`${progress.cases} of ${runs} cases, ${progress.faults} faults`);
    }
    const holds = (await brokenRules(props)).length === 0;
    if (!holds && !progress.broken)
      print(`Case ${progress.cases} breaks a rule; searching for the smallest case that does`);
    progress.broken ||= !holds;
    return holds;
  });
  const result = await fc.check(property, { numRuns: runs, seed, ...(path && { path }) });
  const seconds = Math.round((performance.now() - started) / 1000);
  const [failing] = result.counterexample ?? [];
  if (!failing) {
    print(
      `${result.numRuns} cases with ${progress.faults} faults in ${seconds} s: every rule held. Seed ${seed}`,
    );
    return 0;
  }
  print('Smallest case found:');
  print(await describeFailure(failing));
  print(`To repeat it: npm run test:faults -- --seed ${seed} --path ${result.counterexamplePath ?? ''}`);
  return 1;
}

async function describeFailure(props: FaultCase): Promise<string> {
  const broken = await brokenRules(props);
  const rules = broken.map(({ rule, detail }) => `- ${rule}\n    ${detail}`);
  return [
    formatCase(props),
    ...(rules.length > 0 ? rules : ['- every rule held when it ran again: the case does not always fail']),
  ].join('\n');
}

function pathOfCase(text: string): string {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('It must be numbers with colons between them.');
}
