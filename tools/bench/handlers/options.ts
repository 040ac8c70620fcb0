import { Command } from 'commander';

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): { json: boolean } {
  return new Command('npm run bench:handlers --')
    .description(
      'Measures the bundles of the handlers on this machine: CPU, speed and memory of batches against the ' +
        'embedded organization, next to a plain version; time until a handler is ready; sizes.',
    )
    .option('--json', 'print one JSON object instead of tables', false)
    .helpOption('--help', 'show this help')
    .addHelpText('after', '\nExit code: 0 when all bounds hold; 1 when one does not; 2 for wrong usage.')
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2))
    .parse(argv, { from: 'user' })
    .opts<{ json: boolean }>();
}
