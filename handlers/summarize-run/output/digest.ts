import type { DigestOccasion, RunSummary } from '../../shared/events';
import { type Section, fitSections } from './digest-sections';
import type { ManifestAccount, Manifest } from '../../core/manifest';
import type { ShownFinding } from '../samples';

/**
 * Longest message, bytes. SNS takes 262,144 bytes (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html);
 * the message also travels through the state machine, where 64 KiB is the most that this project allows itself.
 */
const MAX_MESSAGE_BYTES = 48 * 1024;
/** SNS wants less than 100 characters. */
const MAX_SUBJECT = 99;

export interface DigestProps {
  manifest: Manifest;
  /** New findings, as many as are kept of them. */
  newFindings: readonly ShownFinding[];
  /** Where things are, for people. */
  places: { page: string; manifest: string; changes: string };
}

/** What is mailed about a run: coverage, every failed account and its reason, what is new, where the page is. */
export function digest({ manifest, newFindings, places }: DigestProps): RunSummary['digest'] {
  const failed = manifest.accounts.filter((account) => account.outcome === 'failed');
  const head = [
    ...headOf(manifest),
    '',
    `The page:  ${places.page}`,
    `Every account, with its outcome: ${places.manifest}`,
  ];
  const fresh = manifest.changes?.newFindings ?? 0;
  const sections: Section[] = [
    {
      title: `Accounts that failed: ${failed.length}`,
      lines: failed.map(failureLine),
      total: failed.length,
      place: places.manifest,
    },
    {
      title: `New findings: ${fresh}`,
      lines: newFindings.map(findingLine),
      total: fresh,
      place: places.changes,
    },
  ];
  const told = sections.filter(({ total }) => total > 0);
  const message = [...head, ...fitSections(head, told, MAX_MESSAGE_BYTES)].join('\n');
  return { subject: subjectOf(manifest), message };
}

/** Whether a digest is sent. An environment's first run has nothing to compare with: then any finding is new. */
export function isOccasion(occasion: DigestOccasion, { totals, complete, changes }: Manifest): boolean {
  if (!complete || occasion === 'always') return true;
  return occasion === 'new-findings' && (changes?.newFindings ?? totals.findings) > 0;
}

function subjectOf({ environment, date, totals, changes }: Manifest): string {
  const findings = changes ? `${changes.newFindings} new findings` : `${totals.findings} findings`;
  const coverage =
    totals.expected === 0 ? 'NO ACCOUNT EXPECTED' : `${totals.failed} of ${totals.expected} accounts failed`;
  const about = `${environment} ${date}: ${coverage}, ${findings}`;
  return (
    [`IAM credential reports ${about}`, about].find(({ length }) => length <= MAX_SUBJECT) ??
    about.slice(0, MAX_SUBJECT)
  );
}

function headOf({ environment, date, execution, complete, totals, checks, changes }: Manifest): string[] {
  return [
    complete
      ? 'The run is complete.'
      : 'THE RUN IS NOT COMPLETE: what is said of findings leaves out the accounts that failed.',
    '',
    `Environment: ${environment}`,
    `Date: ${date}`,
    `Execution: ${execution}`,
    '',
    `Accounts: ${totals.accounts}`,
    `Collected: ${totals.collected}`,
    `Failed: ${totals.failed}`,
    `Skipped: ${totals.skipped}`,
    ...(totals.expected === 0 ? ['', 'No account of the organization was expected to have a report.'] : []),
    '',
    `Users: ${totals.users}`,
    `Findings: ${totals.findings}`,
    ...checks.map(({ id, fail, exempt }) => `  ${id}: ${fail}${exempt > 0 ? `, and ${exempt} exempt` : ''}`),
    '',
    ...(changes
      ? [
          `Since the run of ${changes.since.startedAt}:`,
          `  findings: ${changes.newFindings} new, ${changes.resolvedFindings} resolved`,
          `  users: ${changes.usersAdded} came, ${changes.usersRemoved} went`,
          `  accounts: ${changes.accountsAdded.length} came, ${changes.accountsRemoved.length} went`,
        ]
      : ['There is no earlier run to compare with.']),
  ];
}

type Failed = Extract<ManifestAccount, { outcome: 'failed' }>;

const failureLine = ({ id, name, reason, detail }: Failed) => oneLine(`${id} ${name}: ${reason}: ${detail}`);
const findingLine = ({ account, user, check, reason }: ShownFinding) =>
  oneLine(`${account.id} ${account.name}: ${user}: ${check.id}: ${reason}`);
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
