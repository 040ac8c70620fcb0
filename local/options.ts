import { Option } from 'commander';
import { type Severity, severities } from '../handlers/checks/check';
import { type Terminal, commandLine, decimalNumber, folderPath, wholeNumber } from './command-line';
import {
  type CentralRootAccess,
  centralRootAccessAnswers,
} from './fake-aws/organization/central-root-access';
import { problemsOfEnvironment } from './environment-option';
import { REDRIVABLE_STATES, type RedrivableState } from './redrive';
import { DEFAULT_FOLDER, problemsOfReportFolder } from './output-folder';
import { roleName } from './role-name';

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
  listsDenied: number;
  users: number;
  days: number;
  churn: number;
  centralRootAccess: CentralRootAccess;
  roleName?: string;
  waitSeconds?: number;
  redrive?: RedrivableState;
  failOn?: Severity;
  out: string;
  json: boolean;
}

/** Most accounts of an organization (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). */
const MOST_ACCOUNTS = 50_000;
/** Most users of an account (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const MOST_USERS = 5_000;

/** Three months, a run a day. */
const MOST_DAYS = 90;

/** Longest wait that a timer can take, s. */
const LONGEST_WAIT = 86_400;

/** Kinds of accounts in an embedded organization that are not ordinary. */
const SPECIAL = ['denied', 'slow', 'neverReady', 'throttled', 'suspended'] as const;
const EMBEDDED_ONLY = [
  'accounts',
  'seed',
  'users',
  'days',
  'churn',
  'centralRootAccess',
  'redrive',
  'listsDenied',
  ...SPECIAL,
] as const;

/** Reads the command line. Ends the process for `--help`, and with code 2 and a message for wrong usage. */
export function parseOptions(argv: readonly string[], terminal?: Terminal): LocalOptions {
  const command = commandLine({
    script: 'local',
    description:
      'Synthesizes what would be deployed and runs the collection once on this machine, with a folder as the bucket. ' +
      'Uses an organization embedded in the process, and no AWS account, unless --organization is aws.',
    exitCodes:
      '0: complete, every expected account was collected; 3: not complete, accounts failed and the manifest names them; ' +
      '4: findings of the severity of --fail-on or a higher one, whether complete or not; 1: the run failed or could not start; 130: Ctrl-C (129: SIGHUP, 143: SIGTERM)',
    ...(terminal && { terminal }),
  })
    .addOption(
      new Option(
        '--organization <kind>',
        'embedded: generated, in this process; aws: the one that your AWS credentials belong to',
      )
        .choices(['embedded', 'aws'])
        .default('embedded'),
    )
    .option('--environment <name>', 'name of a file in environments/ (default: the first)')
    .option('--accounts <n>', 'accounts of the embedded organization', wholeNumber(1, MOST_ACCOUNTS), 25)
    .option(
      '--seed <n>',
      'decides account IDs, users and which accounts are slow, denied and so on',
      wholeNumber(0, 2 ** 31 - 1),
      1,
    )
    .option(
      '--denied <n>',
      'accounts that deny the role or the calls to IAM',
      wholeNumber(0, MOST_ACCOUNTS),
      0,
    )
    .option('--slow <n>', 'accounts whose report takes several polls', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option('--never-ready <n>', 'accounts whose report is never ready', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option(
      '--throttled <n>',
      'accounts whose calls to IAM are throttled at first',
      wholeNumber(0, MOST_ACCOUNTS),
      0,
    )
    .option('--suspended <n>', 'suspended accounts', wholeNumber(0, MOST_ACCOUNTS), 0)
    .option(
      '--lists-denied <n>',
      'accounts that deny the list of service-specific credentials, in an environment with serviceCredentials',
      wholeNumber(0, MOST_ACCOUNTS),
      0,
    )
    .option(
      '--users <n>',
      'IAM users in each account; its report has a row for each of them and one for the root user',
      wholeNumber(0, MOST_USERS),
      10,
    )
    .option(
      '--days <n>',
      'run once for each of so many consecutive days, the last of which is today. Credentials grow older; of three days or ' +
        'more, one account denies access on the one in the middle',
      wholeNumber(1, MOST_DAYS),
      1,
    )
    .option(
      '--churn <percent>',
      'IAM users that change each day, with --days: they renew their credentials, lose their MFA, or leave, and somebody ' +
        'comes',
      wholeNumber(0, 100),
      5,
    )
    .addOption(
      new Option(
        '--central-root-access <answer>',
        'what IAM says of the embedded organization: enabled, root credentials are managed centrally; sessions-only, they ' +
          'are not; or the error with which the call ends',
      )
        .choices(centralRootAccessAnswers)
        .default('enabled'),
    )
    .option(
      '--role-name <name>',
      'role to assume in the accounts, with its path if it has one, as in path/name; with --organization aws (default: reportRoleName of the environment)',
      roleName,
    )
    .option(
      '--wait-seconds <s>',
      'length of every wait between two polls and before every retry. The number of polls stays as deployed: some 65 ' +
        'in 45 cycles of 60 s, because the first cycles have several (default: 0.1 with embedded, as deployed with aws)',
      decimalNumber(0, LONGEST_WAIT),
    )
    .addOption(
      new Option(
        '--redrive <state>',
        'make every attempt at this state fail, show the message about the failed run, and redrive it by a model of what ' +
          'AWS does: it continues at the state that failed',
      ).choices(REDRIVABLE_STATES),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'end with exit code 4 if there are findings of this severity or a higher one that are not exempt',
      ).choices(severities),
    )
    .option(
      '--out <dir>',
      'folder for the bucket and the logs; Git ignores a new one',
      folderPath,
      DEFAULT_FOLDER,
    )
    .option(
      '--json',
      'write one JSON object to standard output and everything else to standard error',
      false,
    );
  command.check<LocalOptions>((options) => [
    ...misplacedOptions(options, (name) => command.getOptionValueSource(name) === 'cli'),
    ...problemsOfCounts(options),
    ...problemsOfDays(options, (name) => command.getOptionValueSource(name) === 'cli'),
    ...problemsOfEnvironment(options.environment),
    ...(options.out === undefined ? [] : problemsOfReportFolder(options.out, '--out')),
  ]);
  return command.parse(argv, { from: 'user' }).opts<LocalOptions>();
}

function misplacedOptions(
  { organization }: Partial<LocalOptions>,
  given: (name: string) => boolean,
): string[] {
  const onlyForOther = { aws: EMBEDDED_ONLY, embedded: ['roleName'] };
  const misplaced = organization === undefined ? [] : onlyForOther[organization].filter(given);
  if (misplaced.length === 0) return [];
  const flags = misplaced.map(
    (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  return [`${flags.join(', ')} cannot be used with --organization ${organization}`];
}

function problemsOfDays(
  { days, redrive }: Partial<LocalOptions>,
  given: (name: string) => boolean,
): string[] {
  if (days === 1) return given('churn') ? ['--churn needs --days 2 or more'] : [];
  return redrive === undefined ? [] : ['--redrive is for one day, so it cannot be used with --days'];
}

/** A number that is missing because it is wrong makes the sum NaN, which is not larger than anything. */
function problemsOfCounts({ accounts = NaN, ...options }: Partial<LocalOptions>): string[] {
  const special = SPECIAL.reduce((sum, kind) => sum + (options[kind] ?? NaN), 0);
  if (special > accounts)
    return [
      `--denied, --slow, --never-ready, --throttled and --suspended add up to ${special} accounts, but --accounts is ${accounts}`,
    ];
  const { denied = NaN, suspended = NaN, listsDenied = NaN } = options;
  const answering = accounts - denied - suspended;
  if (!(listsDenied > answering)) return [];
  return [
    `--lists-denied is ${listsDenied}, but only ${answering} accounts can be asked for the list: those of --accounts without --denied and --suspended`,
  ];
}
