import type { ManifestAccount, RunContent } from '../../../core/manifest';
import { keptText } from '../kept-text';
import { accountName } from './account-name';
import { bar } from './bar';
import { type Html, html, truncate } from './html';
import { pluralize } from '../../../shared/pluralize';

/** Failed accounts on the page; the manifest has all of them. */
const SHOWN = 500;
/** Longest detail on the page, characters. */
const DETAIL = 160;

/** Which accounts are included and which are not: everything below depends on it. */
export function coverageSection(manifest: RunContent, manifestUrl: Html): Html {
  const { totals, accounts } = manifest;
  const failed = accounts.filter((account) => account.outcome === 'failed');
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">Coverage</h2>
    ${verdict(manifest)}
    <dl class="numbers">
      ${number('Expected', totals.expected)} ${number('Collected', totals.collected)}
      ${number('Failed', totals.failed, totals.failed > 0 ? 'bad-text' : '')}
      ${number('Skipped', totals.skipped)} ${number('Users', totals.users)}
      ${number('Findings', totals.findings)}
    </dl>
    ${bar(`${totals.collected} collected, ${totals.failed} failed, ${totals.skipped} skipped`, [
      { kind: 'fail', count: totals.failed },
      { kind: 'pass', count: totals.collected },
      { kind: 'none', count: totals.skipped },
    ])}
    ${rootCredentialsLine(manifest)}
    ${failed.length > 0 ? failedTable(manifest, failed, manifestUrl) : undefined} ${skippedLine(accounts)}
    ${ownersLine(manifest)} ${listLine(manifest)}
  </section>`;
}

function verdict({ complete, totals, accounts }: RunContent): Html {
  const kept = accounts.filter((account) => account.outcome === 'failed' && account.keptFrom).length;
  if (complete) {
    return html`<div class="verdict">
      <strong>Complete.</strong> The reports of all ${pluralize(totals.expected, 'expected account')} are
      included.
    </div>`;
  }
  if (totals.expected === 0) {
    return html`<div class="verdict bad" role="alert">
      <strong>Not complete.</strong> No report was expected from any account: check <code>accounts</code> in
      the environment file.
    </div>`;
  }
  return html`<div class="verdict bad" role="alert">
    <strong
      >Not complete: ${totals.failed} of ${pluralize(totals.expected, 'expected account')} failed.</strong
    >
    ${
      kept === 0
        ? 'Their users are not included below.'
        : `${pluralize(kept, 'of them keeps', 'of them keep')} the report of an earlier run of the day in the tables and lists; the numbers do not include them.`
    }
  </div>`;
}

function number(label: string, value: number, className = ''): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd class="${className}">${value}</dd>
  </div>`;
}

type Failed = Extract<ManifestAccount, { outcome: 'failed' }>;

function failedTable({ failures }: RunContent, failed: Failed[], manifestUrl: Html): Html {
  const reasons = failures.map(({ reason, accounts }) => `${reason} ${accounts}`).join(', ');
  const more = failed.length - SHOWN;
  return html`<table class="wide" id="failed">
      <caption>
        Accounts without a report, by reason: ${reasons}
      </caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Reason</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody>
        ${failed.slice(0, SHOWN).map(
          ({ reason, detail, keptFrom, ...account }) =>
            html`<tr>
              <th scope="row" data-label="Account" class="bad-text">${accountName(account)}</th>
              <td data-label="Reason">${reason}</td>
              <td data-label="Detail">
                ${truncate(detail, DETAIL)}${keptFrom ? ` – ${keptText(keptFrom)}` : undefined}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="bad-text">and ${more} more, see <a href="${manifestUrl}">the manifest</a></p>` : undefined}`;
}

/** Most member accounts of an organization with central root access have none. */
function rootCredentialsLine({ totals, accounts }: RunContent): Html | undefined {
  if (totals.collected === 0) return undefined;
  const unknown = accounts.filter(
    (account) => account.outcome === 'collected' && account.rootCredentials === 'unknown',
  ).length;
  return html`<p>
    Accounts whose root user has no credentials: ${totals.withoutRootCredentials} of
    ${totals.collected}${unknown > 0 ? `; for ${unknown}, it is not known` : ''}.
  </p>`;
}

function skippedLine(accounts: readonly ManifestAccount[]): Html | undefined {
  const counts = new Map<string, number>();
  for (const account of accounts)
    if (account.outcome === 'skipped') counts.set(account.detail, (counts.get(account.detail) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  return html`<p class="soft">
    Skipped: ${[...counts].map(([why, count]) => `${count} ${why}`).join(', ')}.
  </p>`;
}

function ownersLine({ owners }: RunContent): Html | undefined {
  if (!owners) return undefined;
  const { known, none, unknown } = owners;
  return html`<p class="${none + unknown > 0 ? 'warn-text' : 'soft'}">
    Owners: ${pluralize(known, 'account')} with an owner, ${none} without
    one${unknown > 0 ? html`, ${unknown} whose owner is not known` : undefined}.
  </p>`;
}

function listLine({ serviceCredentials: lists, totals }: RunContent): Html | undefined {
  if (!lists) return undefined;
  const { collected, unknown } = lists;
  return html`<p class="${unknown > 0 ? 'warn-text' : 'soft'}">
    Service-specific credentials are known in ${collected} of
    ${pluralize(totals.collected, 'collected account')}.
  </p>`;
}
