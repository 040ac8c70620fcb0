import type { RunContent } from '../../../core/manifest';
import { type Samples, type ShownFinding, bySeverity } from '../../samples';
import { acceptance } from '../exemption-text';
import { accountName } from './account-name';
import { fileLink } from './file-link';
import { severityTag } from './severity-tag';
import { type Html, html, truncate } from './html';

/** Rows in the table, so that the page stays small; findings.csv has all of them. */
const SHOWN = { new: 200, open: 250, exempt: 50 };

const STATUS = {
  new: { label: 'new', className: 'bad-text' },
  open: { label: 'open', className: '' },
  exempt: { label: 'exempt', className: 'warn-text' },
  /** Besides one of the others: the result of the check is not known. */
  unknown: { label: 'unknown', className: 'soft' },
};

/** The findings, new ones first. */
export function findingsSection({ totals, changes }: RunContent, { findings }: Samples): Html {
  const fresh = findings.new.take(SHOWN.new, bySeverity);
  // Rows that new and exempt findings do not need go to the open ones.
  const exempt = findings.exempt.take(SHOWN.exempt, bySeverity);
  const open = findings.open.take(
    SHOWN.open + SHOWN.new - fresh.length + SHOWN.exempt - exempt.length,
    bySeverity,
  );
  const rows = [...fresh, ...open, ...exempt];
  const total = findings.new.total + findings.open.total + findings.exempt.total;
  if (total === 0)
    return html`<section aria-labelledby="list">
      <h2 id="list">Findings</h2>
      <p>${noFindings(totals)}</p>
      <div id="explorer" hidden></div>
    </section>`;
  return html`<section aria-labelledby="list">
    <h2 id="list">Findings</h2>
    <div id="explorer" hidden></div>
    <table class="wide rows part" id="findings">
      <caption>
        ${rows.length} of ${total} findings, including exempt
        ones${changes ? ', new ones first, then by severity' : ''}.
        ${fileLink('findings.csv', 'All findings')}
      </caption>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Account</th>
          <th scope="col">User</th>
          <th scope="col">Check</th>
          <th scope="col">Finding</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
    </table>
    <p class="printed soft part">No more than 60 rows are printed; findings.csv has every finding.</p>
  </section>`;
}

function row({ account, user, severity, check, reason, status, result, exemption }: ShownFinding): Html {
  const statuses = [status, ...(result === 'unknown' ? [result] : [])];
  const why = exemption ? html`<br /><span class="soft">${acceptance(exemption)}</span>` : undefined;
  return html`<tr data-severity="${severity}" data-check="${check.id}" data-status="${statuses.join(' ')}">
    <td data-label="Severity">${severityTag(severity)}</td>
    <td data-label="Account">${accountName(account)}</td>
    <td data-label="User">${user}</td>
    <td data-label="Check">${check.id}</td>
    <td data-label="Finding"><span>${truncate(reason, 200)}${why}</span></td>
    <td data-label="Status">
      <span>${statuses.map(statusTag)}</span>
    </td>
  </tr> `;
}

function statusTag(status: keyof typeof STATUS): Html {
  const { label, className } = STATUS[status];
  return html`<span class="tag ${className}">${label}</span> `;
}

/** An empty list is good news only for the accounts that were collected. */
function noFindings({ failed, collected }: RunContent['totals']): string {
  if (collected === 0) return 'No report was collected.';
  return failed > 0 ? 'None in the accounts that were collected.' : 'None.';
}
