import type { DigestOccasion, RunSummary } from '../../shared/events';
import { type Section, fitSections } from './digest-sections';
import type { Changes, ManifestAccount, RunContent } from '../../core/manifest';
import { isoWeekOf } from '../../core/iso-week';
import type { AccountIdentity } from '../../core/reconcile';
import type { ShownFinding } from '../samples';
import { countsOfExemptions, exemptionLine, exemptionsToTell } from './exemption-text';
import { keptText } from './kept-text';
import { pluralize } from './page/html';
import { ruleChangeSentences } from './rule-changes';

/**
 * Longest message, bytes. SNS accepts 262,144 bytes (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html), but
 * the message is also part of the state of the execution, which this project keeps below 64 KiB.
 */
const MAX_MESSAGE_BYTES = 48 * 1024;
/** Exemptions of a kind in the message: the manifest has all of them. */
const SHOWN_EXEMPTIONS = 50;
/** SNS accepts fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const MAX_SUBJECT = 99;

export interface DigestProps {
  manifest: RunContent;
  /** New findings: all of them, or a sample. */
  newFindings: readonly ShownFinding[];
  /** Where to read more. */
  places: { page: ReadablePlace; manifest: string; manifestHash: string; changes: ReadablePlace };
}

/** Where an object is. */
interface ReadablePlace {
  /** Such as `s3://BUCKET/KEY`. */
  url: string;
  /** Its address in the console, if that of the partition is known. */
  console: string | undefined;
}

/** The email about a run: coverage, every failed account with its reason, new findings, and where the page is. */
export function digest({ manifest, newFindings, places }: DigestProps): NonNullable<RunSummary['digest']> {
  const failed = manifest.accounts.filter((account) => account.outcome === 'failed');
  const head = [
    ...headOf(manifest),
    '',
    ...placeLines('Page', places.page),
    ...placeLines('Changes', places.changes),
    `Manifest, with the outcome of every account: ${places.manifest}`,
    `SHA-256 of the manifest: ${places.manifestHash}`,
  ];
  const newFindingCount = manifest.changes?.newFindings ?? 0;
  const sections: Section[] = [
    {
      title: `Failed accounts: ${failed.length}`,
      lines: failed.map(failureLine),
      total: failed.length,
      place: places.manifest,
    },
    {
      title: `New findings: ${newFindingCount}`,
      lines: newFindings.map(findingLine),
      total: newFindingCount,
      place: places.changes.url,
    },
    ...exemptionSections(manifest.exemptions, places.manifest),
  ];
  const shown = sections.filter(({ total }) => total > 0);
  const message = [...head, ...fitSections(head, shown, MAX_MESSAGE_BYTES)].join('\n');
  return { subject: subjectOf(manifest), message };
}

/** A link of its own line is one that mail programs find. */
const placeLines = (what: string, { url, console }: ReadablePlace): string[] => [
  `${what}: ${url}`,
  ...(console === undefined ? [] : [`  ${console}`]),
];

/** Whether a digest is sent. Without an earlier day, every finding is new, and so is the week. */
export function isDigestDue(occasion: DigestOccasion, content: RunContent): boolean {
  const { date, totals, complete, changes } = content;
  if (!complete || occasion === 'always') return true;
  // Runs of the same day are compared with the same earlier day.
  if (occasion === 'weekly') return !changes || isoWeekOf(changes.since.date) !== isoWeekOf(date);
  // What a changed rule makes appear was not told before either.
  const unknownBefore = changes ? changes.newFindings + changes.appearedFindings : totals.findings;
  return occasion === 'new-findings' && unknownBefore > 0;
}

function subjectOf({ environment, date, totals, changes }: RunContent): string {
  const findings = changes ? `${changes.newFindings} new findings` : `${totals.findings} findings`;
  const coverage =
    totals.expected === 0 ? 'no accounts expected' : `${totals.failed} of ${totals.expected} accounts failed`;
  const about = `${environment} ${date}: ${coverage}, ${findings}`;
  return (
    [`IAM credential reports ${about}`, about].find(({ length }) => length <= MAX_SUBJECT) ??
    about.slice(0, MAX_SUBJECT)
  );
}

function headOf(manifest: RunContent): string[] {
  const { environment, date, execution, complete, totals, checks, frameworks, changes, notes } = manifest;
  return [
    complete ? 'The run is complete.' : 'THE RUN IS NOT COMPLETE. Findings exclude failed accounts.',
    '',
    oneLine(`Environment: ${environment}`),
    `Date: ${date}`,
    oneLine(`Execution: ${execution}`),
    '',
    `Accounts: ${totals.accounts}`,
    `Collected: ${totals.collected}`,
    `Failed: ${totals.failed}`,
    `Skipped: ${totals.skipped}`,
    ...ownerLines(manifest),
    ...(totals.expected === 0
      ? ['', 'No report was expected from any account: check `accounts` in the environment file.']
      : []),
    '',
    `Accounts whose root user has no credentials: ${totals.withoutRootCredentials}`,
    `Users: ${totals.users}`,
    `Findings: ${totals.findings}`,
    ...checks.map(
      ({ id, severity, findings, exempt }) =>
        `  ${severity}: ${id}: ${findings}${exempt > 0 ? `, plus ${exempt} exempt` : ''}`,
    ),
    ...frameworks.map(
      ({ label, met, assessed }) => `${label}: ${met} of ${pluralize(assessed, 'assessed control')} met`,
    ),
    ...exemptionCounts(manifest.exemptions),
    '',
    ...(changes ? changeLines(changes) : ['There is no earlier day to compare with.']),
    ...(notes.length > 0 ? ['', 'Notes:', ...notes.map(oneLine)] : []),
  ];
}

/** What is not known is in the notes. */
const ownerLines = ({ owners }: RunContent) => (owners ? [`Accounts without an owner: ${owners.none}`] : []);

const named = ({ id, name, owner }: AccountIdentity) =>
  `${id} ${name}${owner ? `, owner ${owner.name}` : ''}`;

function changeLines(changes: Changes): string[] {
  const { since, newFindings, resolvedFindings, exemptedFindings, findingsOfRemovedAccounts } = changes;
  const { usersAdded, usersRemoved, usersOfRemovedAccounts, accountsAdded, accountsRemoved } = changes;
  const findings = [
    `${newFindings} new`,
    `${resolvedFindings} resolved`,
    ...(exemptedFindings > 0 ? [`${exemptedFindings} now exempt`] : []),
    ...(findingsOfRemovedAccounts > 0 ? [`${findingsOfRemovedAccounts} of accounts that left`] : []),
  ];
  const users = [
    `${usersAdded} added`,
    `${usersRemoved} removed`,
    ...(usersOfRemovedAccounts > 0 ? [`${usersOfRemovedAccounts} of accounts that left`] : []),
  ];
  return [
    oneLine(`Since the run of ${since.startedAt}:`),
    `  findings: ${findings.join(', ')}`,
    `  users: ${users.join(', ')}`,
    `  accounts: ${accountsAdded.length} added, ${accountsRemoved.length} removed`,
    ...ruleChangeSentences(changes).map(oneLine),
  ];
}

function exemptionCounts(exemptions: RunContent['exemptions']): string[] {
  return exemptions.length > 0 ? [`Exemptions: ${countsOfExemptions(exemptions)}`] : [];
}

/** What somebody has to do about exemptions before their findings fail again, and what can be removed. */
function exemptionSections(exemptions: RunContent['exemptions'], place: string): Section[] {
  return exemptionsToTell
    .map(({ title, isOne }) => ({ title, found: exemptions.filter(isOne) }))
    .map(({ title, found }) => ({
      title: `Exemptions ${title}: ${found.length}`,
      lines: found.slice(0, SHOWN_EXEMPTIONS).map((exemption) => oneLine(exemptionLine(exemption))),
      total: found.length,
      place,
    }));
}

type Failed = Extract<ManifestAccount, { outcome: 'failed' }>;

const failureLine = ({ reason, detail, keptFrom, ...account }: Failed) =>
  oneLine(`${named(account)}: ${reason}: ${detail}${keptFrom ? ` (${keptText(keptFrom)})` : ''}`);
const findingLine = ({ account, user, severity, check, reason }: ShownFinding) =>
  oneLine(`${severity}: ${named(account)}: ${user}: ${check.id}: ${reason}`);
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ');
