/** What was asked for on the command line is not possible. */
export class WrongUsage extends Error {}

export const helpHint = 'Run `npm run local -- --help` to see all options.';
