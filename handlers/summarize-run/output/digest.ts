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
import { messageLine } from './message-line';
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
  /** Where to read more. */
  places: DigestPlaces;
}

/**
 * The email about a run: coverage, findings by severity and what changed, then new and resolved findings, owners, failed
 * accounts and exemptions, as much as there is room for.
 */
export function digest(props: DigestProps): RunOutputs['digest'] {
  const { manifest, newFindings, resolvedFindings, owners, places } = props;
  const head = [
    ...headOf(manifest),
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
  return { subject: subjectOf(manifest), message: [...head, ...lists, ...details].join('\n') };
}

/** A link of its own line is one that mail programs find. */
const placeLines = (what: string, { url, console }: ReadablePlace): string[] => [
  `${what}: ${url}`,
  ...(console === undefined ? [] : [`  ${console}`]),
];

function subjectOf({ environment, date, totals, changes }: RunContent): string {
  const findings = changes ? `${changes.newFindings} new findings` : `${totals.findings} findings`;
  const coverage =
    totals.expected === 0 ? 'no accounts expected' : `${totals.failed} of ${totals.expected} accounts failed`;
  const about = messageLine(`${environment} ${date}: ${coverage}, ${findings}`);
  return (
    [`IAM credential reports ${about}`, about].find(({ length }) => length <= MAX_SUBJECT) ??
    about.slice(0, MAX_SUBJECT)
  );
}
