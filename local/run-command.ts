import { errorText } from '../constructs/error-text';
import { printableText } from './printable';

/**
 * Runs a command to its end. If it fails, it ends with one line that says why and code 1.
 * @param main - what the command does; a number as its result is the exit code
 */
export function runCommand(main: () => unknown): void {
  void setExitCode(main);
}

async function setExitCode(main: () => unknown): Promise<void> {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(printableText(errorText(error)));
    process.exitCode = 1;
  }
}
