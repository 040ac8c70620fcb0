import { errorText } from '../constructs/error-text';

/** What a command does. Its result is the exit code; without one, the exit code stays as it is. */
type Main = () => number | void | Promise<number | void>;

/**
 * Runs a command to its end. If it fails, or its output cannot be written, it ends with one line that says why and code 1.
 * If nobody reads its output any more, as with `| head`, it ends without a line.
 */
export function runCommand(main: Main): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') console.error(errorText(error, 'standard output'));
    process.exit(1);
  });
  void setExitCode(main);
}

async function setExitCode(main: Main): Promise<void> {
  try {
    process.exitCode = (await main()) ?? process.exitCode;
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
