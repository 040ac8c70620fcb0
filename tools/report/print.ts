import { relative } from 'node:path';
import type { FetchedReport } from './fetch-report';
import { type NotAsRecorded, lineOf } from './not-as-recorded';

/** What a user is told of a report that was fetched; the last line is the path of its page, for scripts. */
export function linesOf(name: string, { run, files, isSigned, page }: FetchedReport): string[] {
  const { date, execution, startedAt, totals } = run;
  const { expected, failed } = totals;
  const mib = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20).toFixed(1);
  const signed = isSigned ? 'signed' : 'not signed';
  return [
    `${name} ${date}: ${files.length} files, ${mib} MiB, as recorded by the run of ${startedAt} (${execution}), ${signed}`,
    ...(failed > 0 ? [`THE RUN IS NOT COMPLETE: ${failed} of ${expected} accounts failed`] : []),
    ...(expected === 0 ? ['THE RUN IS NOT COMPLETE: no account was expected'] : []),
    nearby(page),
  ];
}

/** A path as somebody in this folder would write it. */
function nearby(path: string): string {
  const relativePath = relative('', path);
  return relativePath.startsWith('..') ? path : relativePath;
}

/** Where a report should have come from. */
interface Source {
  readonly store: string;
  readonly environment: string;
  readonly date: string | undefined;
}

/** What a user is told of a report that is not as recorded: every problem, and what to do. */
export function problemLines({ findings }: NotAsRecorded, source: Source): string[] {
  return [
    ...findings.map(lineOf),
    findings.every(({ status }) => status === 'unreadable') ? UNREADABLE : notAsRecorded(source),
  ];
}

const UNREADABLE =
  'error: not everything could be read, so nothing was opened or replaced; run it again, or see "Who may read" in ' +
  'docs/reading-the-tables.md';

function notAsRecorded({ store, environment, date }: Source): string {
  const days = date === undefined ? '' : ` --from ${date} --to ${date}`;
  return (
    'error: not as recorded, so nothing was opened or replaced; see what else is not: ' +
    `npm run verify -- ${store} --environment ${environment}${days}`
  );
}
