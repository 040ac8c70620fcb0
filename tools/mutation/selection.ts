import { globSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { projectRoot } from '../support/project-root';

/** The files that decide something and do no I/O of their own. */
const PURE_CORE = [
  'handlers/core',
  'handlers/checks',
  'handlers/credential-report',
  'handlers/collect-reports/classify-error.ts',
  'handlers/collect-reports/outcomes-file.ts',
  'handlers/collect-reports/poll-account.ts',
  'handlers/collect-reports/poll-schedule.ts',
  'handlers/collect-reports/report-integrity.ts',
  'handlers/export-results/events/account-changes.ts',
  'handlers/list-accounts/account-selection.ts',
  'handlers/shared/csv-line.ts',
  'handlers/shared/unlinked.ts',
  'handlers/summarize-run/history',
  'handlers/summarize-run/output/digest.ts',
  'handlers/summarize-run/output/digest-sections.ts',
  'handlers/summarize-run/output/page/client/csv-lines.ts',
  'handlers/summarize-run/output/page/client/hints.ts',
  'handlers/summarize-run/output/page/client/search.ts',
  'handlers/summarize-run/output/page/data',
  'handlers/summarize-run/output/run-metrics.ts',
  'handlers/summarize-run/read-reports.ts',
  'handlers/summarize-run/samples.ts',
];

/**
 * The source files to mutate, by their folder.
 * @param paths - files and folders below `handlers/`; without any, the pure core
 */
export function selectedFiles(paths: readonly string[]): Map<string, string[]> {
  const files = new Set((paths.length > 0 ? paths : PURE_CORE).flatMap(sourceFiles));
  return Map.groupBy([...files].sort(), (file) => dirname(file));
}

/** What is wrong with paths that have no source file: Stryker would only warn. */
export function problemsOfSelection(paths: readonly string[]): string[] {
  const wrong = paths.filter((path) => sourceFiles(path).length === 0);
  if (wrong.length === 0) return [];
  return [`no source files found: ${wrong.join(', ')}; name TypeScript files or folders below handlers/`];
}

function sourceFiles(path: string): string[] {
  const inProject = slashes(relative(projectRoot, resolve(projectRoot, path)));
  if (!/^handlers(\/|$)/.test(inProject)) return [];
  const isFolder = statSync(resolve(projectRoot, path), { throwIfNoEntry: false })?.isDirectory();
  return globSync(isFolder ? `${inProject}/**/*.ts` : inProject, { cwd: projectRoot })
    .map(slashes)
    .filter((file) => file.endsWith('.ts'));
}

const slashes = (path: string) => path.replaceAll(sep, '/');
