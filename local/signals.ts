/**
 * Handles the signals that end a command. Import it last: while modules are loaded, a signal ends the process at once, and nothing
 * is there to be cleaned up. A handler would have to wait for them, and tsx could not load them any more, because the signal has
 * ended its compiler too.
 */
import { constants } from 'node:os';

const controller = new AbortController();
let exitCode = 0;

/** Ctrl-C, a closed terminal, or a request to end. A second signal changes nothing: the process is about to end. */
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // `npm run local` starts Node.js itself: the command tsx kills a process that is too busy to answer a signal in 60 ms,
  // and temporary folders would stay.
  process.on(name, () => {
    exitCode ||= 128 + constants.signals[name];
    controller.abort(new Error('Interrupted before the run started: it wrote nothing'));
  });
}

export const interruption = {
  signal: controller.signal,
  /** As a shell tells which signal ended a command. */
  get exitCode() {
    return exitCode;
  },
};
