/**
 * Renders a plan as a comment of a pull request: `npm run plan:comment -- ENVIRONMENT`, with the output of
 * `terraform show -json PLAN` on standard input.
 */
import { text } from 'node:stream/consumers';
import { problemsOfName } from '../../constructs/environment/problems';
import { commandLine } from '../../local/command-line';
import { printableText } from '../../local/printable';
import { runCommand } from '../../local/run-command';
import { parsePlan } from './plan-json';
import { postComment } from './post';
import { failureComment, markerOf, planComment } from './render';

interface Options {
  failed?: boolean;
  footer?: string;
  repository?: string;
  pullRequest?: string;
}

const command = commandLine({
  script: 'plan:comment',
  description: 'Renders the output of `terraform show -json PLAN` on standard input as Markdown.',
  exitCodes: '0: rendered, and posted if asked for; 1: the input is not a plan, or GitHub refuses',
})
  .argument('<environment>', 'name of the environment')
  .option('--failed', 'render that there is no plan; standard input is not read')
  .option('--footer <text>', 'last line, such as the commit and a link to the run')
  .option('--repository <owner/name>', 'with --pull-request: post the comment, or update the earlier one')
  .option('--pull-request <number>', 'with --repository: number of the pull request')
  .check<Options>(problemsOf)
  .parse();

function problemsOf({ repository, pullRequest }: Options, [environment]: readonly string[]): string[] {
  const isPosted = repository !== undefined || pullRequest !== undefined;
  return [
    ...(environment === undefined ? [] : problemsOfName(environment).map(({ text }) => text)),
    ...(isPosted && !(repository && pullRequest)
      ? ['--repository and --pull-request must be used together']
      : []),
    ...(repository && !/^[\w.-]+\/[\w.-]+$/.test(repository)
      ? [`--repository must be OWNER/NAME: got ${repository}`]
      : []),
    ...(pullRequest && !/^\d+$/.test(pullRequest)
      ? [`--pull-request must be the number of a pull request: got ${pullRequest}`]
      : []),
  ];
}

async function main(
  environment: string,
  { failed, footer, repository, pullRequest }: Options,
): Promise<void> {
  const body = failed
    ? failureComment(environment, footer)
    : planComment({ environment, plan: parsePlan(await text(process.stdin)), footer });
  process.stdout.write(printableText(body));
  if (repository && pullRequest) {
    console.error(postComment({ repository, number: pullRequest }, markerOf(environment), body));
  }
}

runCommand(() => main(command.args[0] ?? '', command.opts<Options>()));
