import { errorText } from '../constructs/error-text';

/**
 * Runs a command to its end. If it fails, or its output cannot be written, it ends with one line that says why and code 1.
 * If nobody reads its output any more, as with `| head`, it ends without a line.
 * @param main - what the command does; a number as its result is the exit code
 */
export function runCommand(main: () => unknown): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') console.error(errorText(error, 'standard output'));
    process.exit(1);
  });
  void setExitCode(main);
}

async function setExitCode(main: () => unknown): Promise<void> {
  try {
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    console.error(errorText(error));
    process.exitCode = 1;
  }
}
