/** Ctrl-Z while a prompt reads keys: the terminal sends no signal then. */

/**
 * Asks a person, who may suspend the command and continue it with `fg`. The prompt library alone would stop only its own
 * process, while the shell waits for npm, and would read no key any more afterwards.
 */
export async function suspendable<Answer>(
  input: NodeJS.ReadableStream,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  // Readline of Node.js sends it to this process only.
  const stopAll = () => {
    process.off('SIGTSTP', stopAll);
    process.kill(0, 'SIGTSTP');
  };
  const goOn = () => {
    process.off('SIGTSTP', stopAll).on('SIGTSTP', stopAll);
    // Readline pauses it at the same signal.
    setImmediate(() => input.resume());
  };
  process.on('SIGTSTP', stopAll).on('SIGCONT', goOn);
  try {
    return await ask();
  } finally {
    process.off('SIGTSTP', stopAll).off('SIGCONT', goOn);
  }
}
