import { errorText } from '../constructs/error-text';
import { printableText } from './printable';

/** What a command does. Its result is the exit code; without one, the exit code stays as it is. */
type Main = () => number | void | Promise<number | void>;

/** Runs a command to its end. If it fails, it ends with one line that says why and code 1. */
export function runCommand(main: Main): void {
  void setExitCode(main);
}

async function setExitCode(main: Main): Promise<void> {
  try {
    process.exitCode = (await main()) ?? process.exitCode;
  } catch (error) {
    console.error(printableText(errorText(error)));
    process.exitCode = 1;
  }
}
