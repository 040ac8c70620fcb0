import { Command, InvalidArgumentError, Option } from 'commander';

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

/** Kinds of accounts that an embedded organization can have beside ordinary ones. */
const SPECIAL = ['denied', 'slow', 'neverReady', 'throttled', 'suspended'] as const;
const EMBEDDED_ONLY = ['accounts', 'seed', 'users', ...SPECIAL] as const;

/** Where a command line goes that is no run. */
export interface Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
  exit: (code: number) => never;
}

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  exit: (code) => process.exit(code),
};

/**
 * Reads the command line. Prints help and ends the process when asked for it; ends it with code 2 and one line
 * on standard error for wrong usage.
 */
export function parseOptions(argv: readonly string[], { out, err, exit } = terminal): LocalOptions {
  const command = new Command('npm run local --')
    .description(
      'Runs the collection once on this machine: synthesizes what would be deployed and executes it, with the ' +
        'bucket as a folder. Needs no AWS account unless told otherwise.',
    )
    .addOption(
      new Option(
        '--organization <kind>',
        'embedded: made up, in this process; aws: of your AWS configuration',
      )
        .choices(['embedded', 'aws'])
        .default('embedded'),
    )
    .option('--environment <name>', 'which file of environments/ (default: the first)')
    .option('--accounts <n>', 'accounts of the embedded organization', whole(1, MOST_ACCOUNTS), 25)
    .option('--seed <n>', 'chooses ids, users and which accounts are special', whole(0, 2 ** 31 - 1), 1)
    .option('--denied <n>', 'accounts that refuse the role or the call', whole(0, MOST_ACCOUNTS), 0)
    .option('--slow <n>', 'accounts whose report takes some cycles', whole(0, MOST_ACCOUNTS), 0)
    .option('--never-ready <n>', 'accounts whose report is never ready', whole(0, MOST_ACCOUNTS), 0)
    .option('--throttled <n>', 'accounts that answer LimitExceeded for a while', whole(0, MOST_ACCOUNTS), 0)
    .option('--suspended <n>', 'accounts that are suspended', whole(0, MOST_ACCOUNTS), 0)
    .option('--users <n>', 'users, that is rows of the report, in each account', whole(0, MOST_USERS), 10)
    .option(
      '--role-name <name>',
      'role to assume in the accounts, with --organization aws (default: of the environment)',
    )
    .option(
      '--wait-seconds <s>',
      'length of every wait (default: 0.1 embedded, as deployed with aws)',
      seconds,
    )
    .option('--out <dir>', 'folder for bucket and logs', 'local-run')
    .option('--json', 'end standard output with one JSON object; all else goes to standard error', false)
    .helpOption('--help', 'show this help')
    .addHelpText(
      'after',
      '\nExit code: 0 when the workflow succeeded, failed accounts included; 1 when it failed; 2 for wrong usage.',
    )
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: out, writeErr: err })
    .exitOverride(({ exitCode }) => exit(exitCode === 0 ? 0 : 2));
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

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Longest wait that a timer can take, s. */
const LONGEST_WAIT = 86_400;

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= LONGEST_WAIT) return value;
  throw new InvalidArgumentError(`It must be a number of seconds from 0 to ${LONGEST_WAIT}.`);
}
