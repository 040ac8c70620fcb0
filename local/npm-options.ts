import type { Option } from 'commander';

/** Options that npm has too: their variables say nothing about the command line. */
const OPTIONS_OF_NPM = ['all', 'force', 'json', 'path', 'yes'];

/** `npm run local --accounts 5` sets a variable for npm, and gives the script only the 5. */
export function takenByNpm(script: string, options: readonly Option[]): string[] {
  if (process.env.npm_lifecycle_event !== script) return [];
  const taken = options
    .map((option) => option.name().replace(/^no-/, ''))
    .filter((name) => !OPTIONS_OF_NPM.includes(name))
    .filter((name) => process.env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined)
    .map((name) => `--${name}`);
  return taken.length === 0
    ? []
    : [
        `npm took ${taken.join(' and ')} for its own options; write npm run ${script} -- ${taken.join(' … ')} …`,
      ];
}
