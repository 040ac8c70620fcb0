import { relative } from 'node:path';
import type { FetchedReport } from './fetch-report';
import { NotAsRecorded } from './not-as-recorded';

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

/** What a user is told of a report that is not as recorded: every problem, and what to do. */
export function problemLines(
  { findings }: NotAsRecorded,
  place: { readonly store: string; readonly environment: string; readonly date: string | undefined },
): string[] {
  const { store, environment, date } = place;
  const days = date === undefined ? '' : ` --from ${date} --to ${date}`;
  return [
    ...findings.map(({ status, key, detail }) => `${status.padEnd(10)}  ${key}: ${detail}`),
    `error: not as recorded, so nothing was opened or replaced; see what else is not: ` +
      `npm run verify -- ${store} --environment ${environment}${days}`,
  ];
}
