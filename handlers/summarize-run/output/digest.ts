import type { ChangesOfWeek } from '../../core/changes-of-week';
import type { RunContent } from '../../core/manifest';
import type { OwnerTotals } from '../owner-counts';
import type { RunOutputs } from '../outputs-file';
import type { ShownFinding } from '../samples';
import {
  type Resolved,
  exemptionSections,
  failedAccountsSection,
  newFindingsSection,
  ownersSection,
  resolvedFindingsSection,
} from './digest-lists';
import { detailsOf, headOf } from './digest-parts';
import { MAX_MESSAGE_BYTES, fitSections } from './digest-sections';
import { pluralize } from '../../shared/pluralize';
import { messageLine } from '../../shared/message-line';
import type { DigestPlaces, ReadablePlace } from './places';

/** SNS accepts fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const MAX_SUBJECT = 99;

export interface DigestProps {
  manifest: RunContent;
  /** New findings, the worst first: all of them, or a sample. */
  newFindings: readonly ShownFinding[];
  /** The same for findings that are resolved. */
  resolvedFindings: readonly Resolved[];
  /** Findings by owner, the worst first; empty if the environment asks for no owners. */
  owners: readonly OwnerTotals[];
  /** What changed in the week, for a weekly digest after an earlier day. */
  week: ChangesOfWeek | undefined;
  /** Where to read more. */
  places: DigestPlaces;
}

/**
 * The email about a run: coverage, findings by severity and what changed, then new and resolved findings, owners, failed
 * accounts and exemptions, as much as there is room for.
 */
export function digest(props: DigestProps): RunOutputs['digest'] {
  const { manifest, newFindings, resolvedFindings, owners, week, places } = props;
  const head = [
    ...headOf(manifest, week),
    '',
    ...placeLines('Page', places.page),
    ...placeLines('Changes', places.changes),
    `Manifest, with the outcome of every account: ${places.manifest}`,
    `SHA-256 of the manifest: ${places.manifestHash}`,
  ];
  const details = detailsOf(manifest);
  const sections = [
    newFindingsSection(newFindings, manifest, places.changes.url),
    resolvedFindingsSection(resolvedFindings, manifest, places.changes.url),
    ownersSection(owners, manifest, places.findings.url),
    failedAccountsSection(manifest, places.manifest),
    ...exemptionSections(manifest, places.manifest),
  ].filter(({ total }) => total > 0);
  const lists = fitSections([...head, ...details], sections, MAX_MESSAGE_BYTES);
  return { subject: subjectOf(manifest, week), message: [...head, ...lists, ...details].join('\n') };
}

/** A link of its own line is one that mail programs find. */
const placeLines = (what: string, { url, console }: ReadablePlace): string[] => [
  `${what}: ${url}`,
  ...(console === undefined ? [] : [`  ${console}`]),
];

function subjectOf({ environment, date, totals, changes }: RunContent, week?: ChangesOfWeek): string {
  const findings = week
    ? `${week.newFindings.toLocaleString('en')} new since ${week.since}`
    : changes
      ? pluralize(changes.newFindings, 'new finding')
      : pluralize(totals.findings, 'finding');
  const coverage =
    totals.expected === 0
      ? 'no accounts expected'
      : `${totals.failed.toLocaleString('en')} of ${pluralize(totals.expected, 'account')} failed`;
  // Filters of mail programs look at its start.
  const about = messageLine(`IAM credential reports ${environment} ${date}: ${coverage}`);
  const whole = `${about}, ${findings}`;
  return whole.length <= MAX_SUBJECT ? whole : about.slice(0, MAX_SUBJECT);
}
