import { scopeText } from '../../../core/exemption-scopes';
import type { AppliedExemption } from '../../../core/exemptions';
import { approval, countsOfExemptions, exemptionsToTell, remark } from '../exemption-text';
import { type Html, html } from './html';

/** Exemptions on the page; the manifest has all of them. */
const SHOWN = 50;

/** The exemptions, first those that somebody should look at. */
export function exemptionsTable(exemptions: readonly AppliedExemption[]): Html | undefined {
  if (exemptions.length === 0) return undefined;
  const inOrder = new Set([
    ...exemptionsToTell.flatMap(({ isOne }) => exemptions.filter(isOne)),
    ...exemptions,
  ]);
  const more = exemptions.length - SHOWN;
  return html`<h3>Exemptions</h3>
    <table class="wide" id="exemptions">
      <caption>
        Exemptions: ${countsOfExemptions(exemptions)}
      </caption>
      <thead>
        <tr>
          <th scope="col">User</th>
          <th scope="col">Accounts</th>
          <th scope="col">Check</th>
          <th scope="col">Reason</th>
          <th scope="col">Until</th>
          <th scope="col" class="number">Findings</th>
        </tr>
      </thead>
      <tbody>
        ${[...inOrder].slice(0, SHOWN).map(row)}
      </tbody>
    </table>
    ${more > 0 ? html`<p>and ${more} more, see the manifest</p>` : undefined}`;
}

function row(exemption: AppliedExemption): Html {
  const told = remark(exemption);
  const className = exemption.effect === 'expired' ? 'bad-text' : 'warn-text';
  return html`<tr>
    <th scope="row" data-label="User">${exemption.user}</th>
    <td data-label="Accounts" class="id">${scopeText(exemption)}</td>
    <td data-label="Check">${exemption.check}</td>
    <td data-label="Reason">${exemption.reason}${approval(exemption)}</td>
    <td data-label="Until">
      <span>
        ${exemption.expires}${told === undefined ? undefined : html`<br /><span class="${className}">${told}</span>`}
      </span>
    </td>
    <td data-label="Findings" class="number">${exemption.findings}</td>
  </tr>`;
}
