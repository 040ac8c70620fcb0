import type { CheckTotals, RunContent } from '../../../core/manifest';
import { bar } from './bar';
import { exemptionsTable } from './exemptions-table';
import { type Html, html } from './html';

/** Every check with its results, as a bar and as numbers. */
export function checksSection({ checks, exemptions }: RunContent): Html {
  return html`<section aria-labelledby="checks">
    <h2 id="checks">Checks</h2>
    <table class="wide checks">
      <caption>
        CIS AWS Foundations Benchmark, v3.0 / v5.0. Bars: failed, exempt, passed, not applicable
      </caption>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">CIS</th>
          <th scope="col" class="chart">Share</th>
          <th scope="col" class="number">Failed</th>
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

function checkRow({ id, title, threshold, cis, fail, exempt, pass, notApplicable }: CheckTotals): Html {
  const label = `${fail} failed, ${exempt} exempt, ${pass} passed, ${notApplicable} not applicable`;
  // Then the results say nothing about the benchmark.
  const looser =
    threshold?.benchmark != null && threshold.days > threshold.benchmark
      ? html`<br /><span class="warn-text"
            >looser than the benchmark, which says ${threshold.benchmark} days</span
          >`
      : undefined;
  return html`<tr>
    <th scope="row" data-label="Check">
      <span>${title}<br /><span class="soft">${id}</span>${looser}</span>
    </th>
    <td data-label="CIS" class="id">${cis ? `${cis['v3.0']} / ${cis['v5.0']}` : 'none'}</td>
    <td data-label="Share">
      ${bar(label, [
        { kind: 'fail', count: fail },
        { kind: 'exempt', count: exempt },
        { kind: 'pass', count: pass },
        { kind: 'none', count: notApplicable },
      ])}
    </td>
    <td data-label="Failed" class="number"><strong class="${fail > 0 ? 'bad-text' : ''}">${fail}</strong></td>
    <td data-label="Exempt" class="number">${exempt}</td>
    <td data-label="Passed" class="number">${pass}</td>
    <td data-label="Not applicable" class="number">${notApplicable}</td>
  </tr>`;
}
