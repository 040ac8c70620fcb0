import type { ControlTotals, FrameworkTotals, RunContent } from '../../../core/manifest';
import { fileLink } from './file-link';
import { type Html, html } from './html';
import { pluralize } from '../../../shared/pluralize';

/** The chosen frameworks, control by control. */
export function controlsSection({ frameworks }: RunContent): Html | undefined {
  if (frameworks.length === 0) return undefined;
  return html`<section aria-labelledby="controls">
    <h2 id="controls">Controls</h2>
    <p>
      Only what a credential report shows is assessed. A control is not met if a check fails and that is not
      exempt, and undecided if otherwise a result is unknown or an account has no report; controls about keys
      and certificates also where a report does not show all of them (<code>additional-credentials</code>). It
      does not apply if no account has anything that it is about, and is met in every other case. “In part”
      means that a control asks for more than that.
      ${fileLink('controls.csv', 'All controls, with the accounts')}
    </p>
    ${frameworks.map(frameworkTable)}
  </section>`;
}

function frameworkTable({ name, version, label, met, assessed, controls }: FrameworkTotals): Html {
  return html`<table class="wide">
    <caption>
      ${name} ${version}:
      <strong>${met} of ${pluralize(assessed, 'assessed control')} met</strong>
    </caption>
    <thead>
      <tr>
        <th scope="col">Control</th>
        <th scope="col">Status</th>
        <th scope="col">Checks</th>
        <th scope="col" class="number">Not met in</th>
        <th scope="col" class="number">Undecided in</th>
        <th scope="col" class="number">By exemption</th>
        <th scope="col" class="number">Met in</th>
      </tr>
    </thead>
    <tbody>
      ${controls.map((control) => controlRow(label, control))}
    </tbody>
  </table>`;
}

const STATUS = {
  met: 'met',
  'not-met': 'not met',
  undecided: 'undecided',
  'not-applicable': 'does not apply',
  'not-assessed': 'not assessed',
};

function controlRow(
  label: string,
  { id, status, checks, partial, notMet, undecided, exempt, met }: ControlTotals,
): Html {
  const inPart = partial && status !== 'not-assessed' ? html` <span class="soft">in part</span>` : '';
  return html`<tr>
    <th scope="row" data-label="Control">${label} ${id}</th>
    <td data-label="Status">
      <span><span class="tag ${status}">${STATUS[status]}</span>${inPart}</span>
    </td>
    <td data-label="Checks">${checks.join(', ')}</td>
    <td data-label="Not met in" class="number">${notMet}</td>
    <td data-label="Undecided in" class="number">${undecided}</td>
    <td data-label="By exemption" class="number">${exempt}</td>
    <td data-label="Met in" class="number">${met}</td>
  </tr>`;
}
