import type { Option } from 'commander';

/** Options that npm has too: their variables say nothing about the command line. */
const OPTIONS_OF_NPM = ['all', 'force', 'json', 'path', 'yes'];

/**
 * What is wrong when `--` is missing: `npm run local --accounts 5` sets a variable for npm, and gives the script only the 5.
 * @param script - of package.json
 */
export function takenByNpm(script: string, options: readonly Option[]): string[] {
  if (process.env.npm_lifecycle_event !== script) return [];
  const taken = options.filter((option) => {
    const name = option.name().replace(/^no-/, '');
    return (
      !OPTIONS_OF_NPM.includes(name) && process.env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined
    );
  });
  if (taken.length === 0) return [];
  const flags = taken.map(({ long }) => long).join(' and ');
  return [
    `npm took ${flags} for its own options; write npm run ${script} -- ${taken.map((option) => option.flags).join(' ')}`,
  ];
}
