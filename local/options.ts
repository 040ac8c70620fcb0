import { Option } from 'commander';
import { type Terminal, commandLine, decimalNumber, wholeNumber } from './command-line';

export interface LocalOptions {
  organization: 'embedded' | 'aws';
  environment?: string;
  accounts: number;
  seed: number;
  denied: number;
  slow: number;
  neverReady: number;
  throttled: number;
  suspended: number;
  users: number;
  roleName?: string;
  waitSeconds?: number;
  out: string;
  json: boolean;
}

/** Most accounts of an organization (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). */
const MOST_ACCOUNTS = 50_000;
/** Most users of an account (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const MOST_USERS = 5_000;

/** Longest wait that a timer can take, s. */
const LONGEST_WAIT = 86_400;

/** Kinds of accounts that an embedded organization can have beside ordinary ones. */
const SPECIAL = ['denied', 'slow', 'neverReady', 'throttled', 'suspended'] as const;
const EMBEDDED_ONLY = ['accounts', 'seed', 'users', ...SPECIAL] as const;

/**
 * Reads the command line. Prints help and ends the process when asked for it; ends it with code 2 and one line
 * on standard error for wrong usage.
 */
export function parseOptions(argv: readonly string[], terminal?: Terminal): LocalOptions {
  const command = commandLine({
    script: 'local',
    description:
      'Runs the collection once on this machine: synthesizes what would be deployed and executes it, with the ' +
      'bucket as a folder. Needs no AWS account unless told otherwise.',
    exitCodes: '0: the workflow succeeded, even if accounts failed; 1: it failed',
    ...(terminal && { terminal }),
  })
    .addOption(
      new Option(
        '--organization <kind>',
        'embedded: made up, in this process; aws: of your AWS configuration',
      )
        .choices(['embedded', 'aws'])
        .default('embedded'),
    )
    .option('--environment <name>', 'which file of environments/ (default: the first)')
    .option('--accounts <n>', 'accounts of the embedded organization', wholeNumber(1, MOST_ACCOUNTS), 25)
    .option('--seed <n>', 'chooses ids, users and which accounts are special', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--denied <n>', 'accounts that refuse the role or the call', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option('--slow <n>', 'accounts whose report takes some cycles', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option('--never-ready <n>', 'accounts whose report is never ready', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option(
      '--throttled <n>',
      'accounts that answer LimitExceeded for a while',
      wholeNumber(0, MOST_ACCOUNTS),
      0,
    )
    .option('--suspended <n>', 'accounts that are suspended', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option(
      '--users <n>',
      'users, that is rows of the report, in each account',
      wholeNumber(0, MOST_USERS),
      10,
    )
    .option(
      '--role-name <name>',
      'role to assume in the accounts, with --organization aws (default: of the environment)',
    )
    .option(
      '--wait-seconds <s>',
      'length of every wait (default: 0.1 embedded, as deployed with aws)',
      decimalNumber(0, LONGEST_WAIT),
    )
    .option('--out <dir>', 'folder for bucket and logs', 'local-run')
    .option('--json', 'end standard output with one JSON object; all else goes to standard error', false);
  const options = command.parse(argv, { from: 'user' }).opts<LocalOptions>();

  const given = (name: string) => command.getOptionValueSource(name) === 'cli';
  const misplaced =
    options.organization === 'aws' ? EMBEDDED_ONLY.filter(given) : given('roleName') ? ['roleName'] : [];
  if (misplaced.length > 0) {
    const flags = misplaced.map(
      (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    );
    command.error(`error: ${flags.join(', ')} cannot be used with --organization ${options.organization}`);
  }
  const special = SPECIAL.reduce((sum, kind) => sum + options[kind], 0);
  if (special > options.accounts) {
    command.error(
      `error: --denied, --slow, --never-ready, --throttled and --suspended ask for ${special} accounts of ${options.accounts}`,
    );
  }
  return options;
}
