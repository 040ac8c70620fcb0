/** Prints which call is denied without each part of the deployed policies: `npm run policies`. */
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { Enforcement } from './enforcement';
import { enforcedEnvironments } from './environments';
import install from './evaluator';
import { NOT_NEEDED, removals, row } from './removal';

commandLine({
  script: 'policies',
  description:
    'Prints, for each part of the deployed IAM policies, the first call that is denied without it.',
  exitCodes: '0: every part is needed, or named with the reason why no run shows it; 1: one is not needed',
}).parse();

async function main(): Promise<void> {
  install();
  for (const environment of enforcedEnvironments()) {
    const enforcement = await Enforcement.start(environment);
    try {
      const rows = (await removals(enforcement)).map(row);
      const width = (column: 0 | 1) => Math.max(...rows.map((cells) => cells[column].length));
      const [first, second] = [width(0), width(1)];
      console.log(
        `\nEnvironment: ${environment.name}\nPolicy, part, and the first call that is denied without it\n`,
      );
      for (const [document, part, denied] of rows) {
        console.log(`${document.padEnd(first)}  ${part.padEnd(second)}  ${denied}`);
      }
      if (rows.some(([, , denied]) => denied === NOT_NEEDED)) process.exitCode = 1;
    } finally {
      await enforcement.stop();
    }
  }
}

runCommand(main);
