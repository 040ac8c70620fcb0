/** The lists of a digest, of which long ones are shortened. */
import { type Severity, severities } from '../../checks/check';
import type { ManifestAccount, RunContent } from '../../core/manifest';
import type { AccountIdentity } from '../../core/reconcile';
import type { OwnerTotals } from '../owner-counts';
import type { ShownFinding, ShownResolution } from '../samples';
import { type Section, linesOf } from './digest-sections';
import { exemptionLine, exemptionsToTell } from './exemption-text';
import { keptText } from './kept-text';
import { messageLine } from '../../shared/message-line';
import { pluralize } from '../../shared/pluralize';

/** Exemptions of a kind in the message: the manifest has all of them. */
const SHOWN_EXEMPTIONS = 50;

/** A finding that is gone. */
export type Resolved = ShownResolution & { severity: Severity };

const since = (changes: RunContent['changes']) =>
  changes ? messageLine(` since ${changes.since.date}`) : '';

export const newFindingsSection = (
  findings: readonly ShownFinding[],
  { changes }: RunContent,
  place: string,
): Section => {
  const total = changes?.newFindings ?? 0;
  return {
    title: `New findings${since(changes)}: ${total}`,
    lines: linesOf(findings, findingLine),
    total,
    place,
  };
};

export const resolvedFindingsSection = (
  findings: readonly Resolved[],
  { changes }: RunContent,
  place: string,
): Section => {
  const total = changes?.resolvedFindings ?? 0;
  return {
    title: `Resolved findings${since(changes)}: ${total}`,
    lines: linesOf(findings, resolvedLine),
    total,
    place,
  };
};

/** @param owners - the worst first; empty if the environment asks for none */
export const ownersSection = (
  owners: readonly OwnerTotals[],
  { changes }: RunContent,
  place: string,
): Section => ({
  title: `Owners with findings: ${owners.length}`,
  lines: linesOf(owners, (owner) => ownerLine(owner, changes !== null)),
  total: owners.length,
  place,
});

export function failedAccountsSection({ accounts }: RunContent, place: string): Section {
  const failed = accounts.filter((account) => account.outcome === 'failed');
  return {
    title: `Failed accounts: ${failed.length}`,
    lines: linesOf(failed, failureLine),
    total: failed.length,
    place,
  };
}

/** What somebody has to do about exemptions before their findings fail again, and what can be removed. */
export function exemptionSections({ exemptions }: RunContent, place: string): Section[] {
  return exemptionsToTell
    .map(({ title, isOne }) => ({ title, found: exemptions.filter(isOne) }))
    .map(({ title, found }) => ({
      title: `Exemptions ${title}: ${found.length}`,
      lines: found.slice(0, SHOWN_EXEMPTIONS).map((exemption) => messageLine(exemptionLine(exemption))),
      total: found.length,
      place,
    }));
}

const named = ({ id, name, owner }: AccountIdentity) =>
  `${id} ${name}${owner ? `, owner ${owner.name}` : ''}`;

type Failed = Extract<ManifestAccount, { outcome: 'failed' }>;

const failureLine = ({ reason, detail, keptFrom, ...account }: Failed) =>
  messageLine(`${named(account)}: ${reason}: ${detail}${keptFrom ? ` (${keptText(keptFrom)})` : ''}`);
const findingLine = ({ account, user, severity, check, reason }: ShownFinding) =>
  messageLine(`${severity}: ${named(account)}: ${user}: ${check.id}: ${reason}`);
const resolvedLine = ({ account, user, severity, check, credential }: Resolved) =>
  messageLine(`${severity}: ${named(account)}: ${user}: ${check}${credential && `, ${credential}`}`);

function ownerLine(
  { owner, newFindings, resolvedFindings, open, accounts }: OwnerTotals,
  isCompared: boolean,
) {
  const name = owner === null ? 'Accounts without an owner' : (owner ?? 'Accounts whose owner is not known');
  const bySeverity = severities.filter((severity) => open[severity] > 0);
  const total = bySeverity.reduce((sum, severity) => sum + open[severity], 0);
  const worst = bySeverity.map((severity) => `${open[severity]} ${severity}`).join(', ');
  const counts = [
    ...(isCompared ? [`${newFindings} new`, `${resolvedFindings} resolved`] : []),
    total === 0 ? '0 open' : `${total} open in ${pluralize(accounts, 'account')} (${worst})`,
  ];
  return messageLine(`${name}: ${counts.join(', ')}`);
}
