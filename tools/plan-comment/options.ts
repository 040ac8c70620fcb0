import { Command } from 'commander';
import type { PullRequest } from './post';

export interface PlanCommentOptions {
  readonly environment: string;
  /** There is no plan. */
  readonly failed: boolean;
  readonly footer?: string | undefined;
  /**
   * Where the comment is written.
   * @default - only printed
   */
  readonly pullRequest?: PullRequest | undefined;
}

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): PlanCommentOptions {
  const command = new Command('npm run plan:comment --')
    .description('Renders the output of `terraform show -json PLAN`, from standard input, as Markdown.')
    .argument('<environment>', 'name of the environment')
    .option('--failed', 'there is no plan: say so', false)
    .option('--footer <text>', 'last line, such as the commit and a link to the run')
    .option(
      '--repository <owner/name>',
      'with --pull-request: write it as a comment, or update the one that is there',
    )
    .option('--pull-request <number>', 'with --repository: number of the pull request')
    .helpOption('--help', 'show this help')
    .addHelpText(
      'after',
      '\nExit code: 0 when it is rendered, and written; 1 when the input is no plan or GitHub refuses; 2 for wrong usage.',
    )
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));
  command.parse(argv, { from: 'user' });
  const { failed, footer, repository, pullRequest } = command.opts<{
    failed: boolean;
    footer?: string;
    repository?: string;
    pullRequest?: string;
  }>();
  const [environment = ''] = command.args;
  if (repository === undefined && pullRequest === undefined) return { environment, failed, footer };
  if (!repository || !pullRequest) {
    return command.error('error: --repository and --pull-request need each other');
  }
  return { environment, failed, footer, pullRequest: { repository, number: pullRequest } };
}
