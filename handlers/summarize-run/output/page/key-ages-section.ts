import type { RunContent } from '../../../core/manifest';
import { type Html, html } from './html';

/** How old the active access keys of users are. Absent if there are none. */
export function keyAgesSection({ keyAges: { groups, unknown } }: RunContent): Html | undefined {
  const rows = [
    ...groups.map(({ from, to, keys }) => ({
      label: to === null ? `${from} days or more` : `${from} to ${to} days`,
      keys,
    })),
    ...(unknown > 0 ? [{ label: 'unknown', keys: unknown }] : []),
  ];
  if (rows.every(({ keys }) => keys === 0)) return undefined;
  return html`<section aria-labelledby="key-ages">
    <h2 id="key-ages">Access keys</h2>
    <table>
      <caption>
        Active access keys of users by age
      </caption>
      <thead>
        <tr>
          <th scope="col">Age</th>
          <th scope="col" class="number">Keys</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ label, keys }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td class="number">${keys}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
