import type { RunContent } from '../../../core/manifest';
import { accountName } from './account-name';
import { bar } from './bar';
import { type Html, formatTime, html } from './html';
import { pluralize } from '../../../shared/pluralize';

const SHOWN = 20;

/** The accounts with the most findings. */
export function accountsSection({ accounts, totals }: RunContent): Html {
  const worst = accounts
    .flatMap((account) => (account.outcome === 'collected' && account.findings > 0 ? account : []))
    .sort((a, b) => b.findings - a.findings || (a.id < b.id ? -1 : 1));
  const most = worst[0]?.findings ?? 0;
  if (worst.length === 0) return html``;
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Accounts with the most findings</h2>
    <table class="wide">
      <caption>
        ${Math.min(SHOWN, worst.length)} of ${pluralize(worst.length, 'account')} with findings;
        ${totals.collected - worst.length} have none
      </caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">Share</th>
          <th scope="col" class="number">Findings</th>
          <th scope="col" class="number">Users</th>
        </tr>
      </thead>
      <tbody>
        ${worst.slice(0, SHOWN).map(
          ({ findings, users, ...account }) =>
            html`<tr>
              <th scope="row" data-label="Account">${accountName(account, `#account=${account.id}`)}</th>
              <td data-label="Share">
                ${bar(pluralize(findings, 'finding'), [
                  { kind: 'fail', count: findings },
                  { kind: 'none', count: most - findings },
                ])}
              </td>
              <td data-label="Findings" class="number">${findings}</td>
              <td data-label="Users" class="number">${users}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** Age groups by their upper bounds, minutes. IAM returns the same report for four hours. */
const AGES = [
  { below: 60, label: 'less than 1 hour' },
  { below: 120, label: '1 to 2 hours' },
  { below: 241, label: '2 to 4 hours' },
  { below: Infinity, label: 'more than 4 hours' },
];

/** How old the data is that everything on the page is based on. */
export function ageSection({ accounts, startedAt }: RunContent): Html {
  const collected = accounts.flatMap((account) => (account.outcome === 'collected' ? account : []));
  const times = collected.flatMap(({ generatedAt }) => generatedAt ?? []).sort();
  const unknown = collected.filter(({ ageMinutes }) => ageMinutes === null).length;
  const rows = AGES.map(({ below, label }, index) => {
    const least = AGES[index - 1]?.below ?? -Infinity;
    const inside = ({ ageMinutes }: { ageMinutes: number | null }) =>
      ageMinutes !== null && ageMinutes >= least && ageMinutes < below;
    return { label, count: collected.filter(inside).length };
  });
  return html`<section aria-labelledby="age">
    <h2 id="age">Age of the data</h2>
    <p>
      Ages of credentials are counted in whole days from the start of the run, ${formatTime(startedAt)}.
      ${
        times.length > 0
          ? html`IAM generated the oldest report at ${formatTime(times[0] ?? '')}, the newest at
            ${formatTime(times.at(-1) ?? '')}.`
          : undefined
      }
      IAM generates a new report at most every four hours.
    </p>
    <table>
      <caption>
        Age of the reports when they were collected
      </caption>
      <thead>
        <tr>
          <th scope="col">Age</th>
          <th scope="col" class="number">Accounts</th>
        </tr>
      </thead>
      <tbody>
        ${[...rows, ...(unknown > 0 ? [{ label: 'unknown', count: unknown }] : [])].map(
          ({ label, count }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td class="number">${count}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
