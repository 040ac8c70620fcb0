/** What was asked for on the command line is not possible. */
export class WrongUsage extends Error {}

export const helpHint = 'see npm run local -- --help';
