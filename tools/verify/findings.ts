/** What verification finds about an object, and what that means for a day and for the exit code. */

/** Findings that change the exit code to 1. */
export const problems = ['altered', 'missing'] as const;

/** Findings that change nothing, since no evidence is lost or changed. */
const information = [
  'expired',
  'superseded',
  'superseded-not-verifiable',
  'other-version',
  'unsigned',
  'additional',
  'unfinished',
  'left-over',
  'note',
] as const;

/** All of them, the most serious first. */
export const statuses = [...problems, 'unreadable', ...information] as const;
export type Status = (typeof statuses)[number];

export interface Finding {
  readonly status: Status;
  readonly key: string;
  /** Says what is wrong, after the key. */
  readonly detail: string;
}

export const finding = (status: Status, key: string, detail: string): Finding => ({ status, key, detail });

/** Whether objects are as their manifests say; the most serious first. */
const verdicts = [
  'altered',
  'missing',
  'unreadable',
  'expired',
  'verified',
  'unfinished',
  'additional',
] as const;
export type Verdict = (typeof verdicts)[number];

/** The verdict about a day; a day without a finished run has no evidence that could be verified. */
export function verdictOf(findings: Iterable<Pick<Finding, 'status'>>, hasFinishedRun: boolean): Verdict {
  const found = new Set<string>(Array.from(findings, ({ status }) => status));
  const least: Verdict = hasFinishedRun ? 'verified' : found.has('unfinished') ? 'unfinished' : 'additional';
  const serious = verdicts.slice(0, verdicts.indexOf('verified'));
  return serious.find((verdict) => found.has(verdict)) ?? least;
}

/** How many findings there are of each status, the most serious first. */
export function countsOf(findings: Iterable<Pick<Finding, 'status'>>): Partial<Record<Status, number>> {
  const groups = Map.groupBy(findings, ({ status }) => status);
  return Object.fromEntries(
    statuses.flatMap((status) => {
      const count = groups.get(status)?.length;
      return count === undefined ? [] : [[status, count]];
    }),
  );
}

/** 0: verified; 1: something is altered or missing; 2: something could not be checked. */
export function exitCodeOf(found: ReadonlySet<Status>): 0 | 1 | 2 {
  if (problems.some((problem) => found.has(problem))) return 1;
  return found.has('unreadable') ? 2 : 0;
}

/** Why something could not be read. The name `Error` says nothing. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && error.name !== 'Error' ? `${error.name}: ${error.message}` : messageOf(error);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
