/**
 * Renders a plan as the comment of a pull request: `npm run plan:comment -- ENVIRONMENT`, with the output of
 * `terraform show -json` on standard input.
 */
import { text } from 'node:stream/consumers';
import { readPlan } from './input';
import { parseOptions } from './options';
import { postComment } from './post';
import { failureComment, markerOf, planComment } from './render';

async function main(): Promise<void> {
  const { environment, failed, footer, pullRequest } = parseOptions(process.argv.slice(2));
  const body = failed
    ? failureComment(environment, footer)
    : planComment({ environment, plan: readPlan(await text(process.stdin)), footer });
  process.stdout.write(body);
  if (pullRequest) console.error(postComment(pullRequest, markerOf(environment), body));
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
