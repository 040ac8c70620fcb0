import type { CheckTotals, RunContent } from '../../../core/manifest';
import { bar } from './bar';
import { exemptionsTable } from './exemptions-table';
import { type Html, html } from './html';
import { severityTag } from './severity-tag';

/** Every check with its results, as a bar and as numbers. */
export function checksSection({ checks, exemptions }: RunContent): Html {
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Checks</h2>
    <table class="wide checks">
      <caption>
        For how many users, root users included, each check failed, passed, and so on; the worst severity
        first. A user with several findings counts once, so that a number can lead to more findings. Checks of
        service-specific credentials count accounts, central root access counts the organization.
        <span class="chart">Bars: failed, unknown, exempt, passed, not applicable</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Severity</th>
          <th scope="col" class="chart">Share</th>
          <th scope="col" class="number">Failed</th>
          <th scope="col" class="number">Unknown</th>
          <th scope="col" class="number">Exempt</th>
          <th scope="col" class="number">Passed</th>
          <th scope="col" class="number">Not applicable</th>
        </tr>
      </thead>
      <tbody>
        ${checks.map(checkRow)}
      </tbody>
    </table>
    ${exemptionsTable(exemptions)}
  </section>`;
}

function checkRow(check: CheckTotals): Html {
  const { id, title, severity, benchmark, looser, controls } = check;
  const { fail, unknown, exempt, pass, notApplicable } = check;
  const label = `${fail} failed, ${unknown} unknown, ${exempt} exempt, ${pass} passed, ${notApplicable} not applicable`;
  // Then the results say nothing about the benchmarks.
  const warning = looser
    ? html`<br /><span class="warn-text">looser than the benchmarks, which say ${benchmark ?? 0} days</span>`
    : undefined;
  return html`<tr>
    <th scope="row" data-label="Check">
      <span> ${title}<br /><span class="soft">${[id, ...controls].join(', ')}</span>${warning} </span>
    </th>
    <td data-label="Severity">${severityTag(severity)}</td>
    <td data-label="Share" class="chart">
      ${bar(label, [
        { kind: 'fail', count: fail },
        { kind: 'unknown', count: unknown },
        { kind: 'exempt', count: exempt },
        { kind: 'pass', count: pass },
        { kind: 'none', count: notApplicable },
      ])}
    </td>
    <td data-label="Failed" class="number">
      ${fail > 0 ? html`<a class="bad-text" href="#check=${id}"><strong>${fail}</strong></a>` : fail}
    </td>
    <td data-label="Unknown" class="number">${unknown}</td>
    <td data-label="Exempt" class="number">${exempt}</td>
    <td data-label="Passed" class="number">${pass}</td>
    <td data-label="Not applicable" class="number">${notApplicable}</td>
  </tr>`;
}
