/**
 * Renders a plan as the comment of a pull request: `npm run plan:comment -- ENVIRONMENT`, with the output of
 * `terraform show -json` on standard input.
 */
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import type { PlanJson } from './plan-comment/plan';
import { postComment } from './plan-comment/post';
import { failureComment, markerOf, planComment } from './plan-comment/render';

interface Options {
  readonly failed: boolean;
  readonly footer?: string;
  readonly repository?: string;
  readonly pullRequest?: string;
}

const command = new Command('npm run plan:comment --')
  .description('Renders the output of `terraform show -json PLAN`, from standard input, as Markdown.')
  .argument('<environment>', 'name of the environment')
  .option('--failed', 'there is no plan: say so', false)
  .option('--footer <text>', 'last line, such as the commit and a link to the whole output')
  .option(
    '--repository <owner/name>',
    'with --pull-request: write it as a comment, or update the one that is there',
  )
  .option('--pull-request <number>', 'number of the pull request')
  .helpOption('--help', 'show this help')
  .allowExcessArguments(false);

async function main(): Promise<void> {
  command.parse();
  const [environment = ''] = command.args;
  const { failed, footer, repository, pullRequest } = command.opts<Options>();
  const body = failed
    ? failureComment(environment, footer)
    : planComment({ environment, plan: JSON.parse(await text(process.stdin)) as PlanJson, footer });
  process.stdout.write(body);
  if (repository !== undefined && pullRequest !== undefined) {
    console.error(postComment({ repository, number: pullRequest }, markerOf(environment), body));
  }
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
