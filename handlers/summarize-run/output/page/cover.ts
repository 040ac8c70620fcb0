import type { FrameworkTotals, RunContent } from '../../../core/manifest';
import { severities } from '../../../checks/check';
import { PLACEHOLDERS } from '../../outputs-file';
import { Html, formatTime, html } from './html';
import { pluralize } from '../../../shared/pluralize';

/** The first sheet of a printed page: where it comes from, and how to prove that. Not on a screen. */
export function cover(manifest: RunContent): Html {
  const { environment, date, execution, startedAt, totals, frameworks, notes } = manifest;
  const { organizationId, accountId, region, productVersion } = manifest;
  const findings = severities.map((severity) => `${shown(totals.findingsBySeverity[severity])} ${severity}`);
  const facts: [string, string | Html][] = [
    ['Organization', organizationId],
    ['Environment', environment],
    ['Run', `${formatTime(startedAt)}, execution ${execution}`],
    ['Collected by', `account ${accountId} in ${region}, version ${productVersion}`],
    ['Accounts', accountsText(totals)],
    ['Users', shown(totals.users)],
    ['Findings that are not exempt', `${shown(totals.findings)}: ${findings.join(', ')}`],
    ...frameworks.map(({ name, version, ...counts }): [string, string] => [
      `${name} ${version}`,
      controlsText(counts),
    ]),
    ...(notes.length > 0 ? [['Notes', pluralize(notes.length, 'note')] as [string, string]] : []),
    ['Manifest', new Html(PLACEHOLDERS.manifestPlace)],
    ['SHA-256 of the manifest', html`<code>${new Html(PLACEHOLDERS.manifestHash)}</code>`],
  ];
  return html`<section class="cover">
    <p class="title">IAM credentials of the organization</p>
    <p class="title-date">${date}</p>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <p>
      The manifest names the hash of every report and table that these pages are made from. Whoever can read
      the bucket can repeat the proof: <code>npm run verify</code> reads all of it again and compares. The
      tables are not printed: credentials.csv has every user, findings.csv every finding, changes.csv every
      change and controls.csv every control with its accounts.
    </p>
  </section>`;
}

const shown = (count: number) => count.toLocaleString('en');

function accountsText({ expected, collected, failed, skipped }: RunContent['totals']): string {
  return `${shown(collected)} of ${shown(expected)} expected collected, ${shown(failed)} failed, ${shown(skipped)} skipped`;
}

function controlsText({ met, assessed }: Pick<FrameworkTotals, 'met' | 'assessed'>): string {
  return `${shown(met)} of ${pluralize(assessed, 'assessed control')} met`;
}
