import { commandLine } from '../../../local/command-line';

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): { json: boolean } {
  return commandLine({
    script: 'bench:handlers',
    description:
      'Measures the bundles of the handlers on this machine: CPU, speed and memory of batches against the embedded ' +
      'organization, next to a plain version; time until a handler is ready; sizes.',
    exitCodes: '0: every figure is within its bound; 1: one is not',
  })
    .option('--json', 'print one JSON object instead of tables', false)
    .parse(argv, { from: 'user' })
    .opts<{ json: boolean }>();
}
