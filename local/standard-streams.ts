import { errorText } from '../constructs/error-text';

/** Whoever read the stream has gone: `| head` has seen enough, or the terminal was closed. */
const NOBODY_READS = ['EPIPE', 'EIO'];

let isHandled = false;

/**
 * A command whose output nobody reads any more goes on with its work, without output. Any other failure to write, as on a
 * full disk, ends it with code 1 and one line.
 */
export function handleStreamErrors(): void {
  if (isHandled) return;
  isHandled = true;
  for (const [stream, name] of [
    [process.stdout, 'standard output'],
    [process.stderr, 'standard error'],
  ] as const) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (NOBODY_READS.includes(error.code ?? '')) return;
      // When standard error fails, this fails too, and the code has to tell.
      if (stream !== process.stderr) console.error(errorText(error, name));
      process.exit(1);
    });
  }
}
