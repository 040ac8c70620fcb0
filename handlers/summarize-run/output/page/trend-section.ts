import { severities } from '../../../checks/check';
import type { HistoryRun } from '../../../core/history';
import { type Html, formatTime, html } from './html';
import { pluralize } from '../../../shared/pluralize';
import { type Line, lineChart } from './line-chart';

/** Coverage, findings and the age of keys over the last runs. Absent if there is only this one. */
export function trendSection(history: readonly HistoryRun[]): Html | undefined {
  const runs = history.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last || runs.length < 2) return undefined;
  const days = `from ${first.date} to ${last.date}`;
  return html`<section aria-labelledby="trend">
    <h2 id="trend">Trend</h2>
    <p class="soft">
      ${pluralize(runs.length, 'run')}, ${days}. Under each chart: the first → the last value, and in
      parentheses the least and the greatest. ${incompleteRuns(runs)}
    </p>
    <div class="columns">
      ${lineChart('Collected accounts, percent of those expected', [lineOf('coverage', runs, coverage)], 100)}
      ${lineChart(
        'Findings by severity',
        severities.map((severity) => lineOf(severity, runs, ({ findings }) => findings[severity])),
      )}
      ${lineChart('Mean age of active access keys, days', [
        lineOf('age', runs, ({ meanKeyAge }) => meanKeyAge),
      ])}
    </div>
    <details>
      <summary>The same as a table</summary>
      <table class="wide">
        <caption>
          The newest run first
        </caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col" class="number">Expected</th>
            <th scope="col" class="number">Collected</th>
            ${severities.map(
              (severity) => html`<th scope="col" class="number">${capitalized(severity)} findings</th>`,
            )}
            <th scope="col" class="number">Mean key age, days</th>
          </tr>
        </thead>
        <tbody>
          ${runs.toReversed().map(runRow)}
        </tbody>
      </table>
    </details>
  </section>`;
}

/** Fewer findings are no progress where accounts failed. */
function incompleteRuns(runs: readonly HistoryRun[]): string {
  const incomplete = runs.filter(({ expected, collected }) => collected < expected);
  const last = incomplete.at(-1);
  return last
    ? `In ${pluralize(incomplete.length, 'run')}, the last of them on ${last.date}, accounts failed: their findings and keys are not counted there.`
    : '';
}

/** Percent; null if no account was expected. */
const coverage = ({ collected, expected }: HistoryRun) =>
  expected === 0 ? null : Math.floor((collected / expected) * 1000) / 10;

const lineOf = (
  name: string,
  runs: readonly HistoryRun[],
  valueOf: (run: HistoryRun) => number | null,
): Line => ({ name, values: runs.map(valueOf) });

function runRow({ startedAt, expected, collected, findings, meanKeyAge }: HistoryRun): Html {
  return html`<tr>
    <th scope="row" data-label="Run"><span>${formatTime(startedAt)}</span></th>
    <td data-label="Expected" class="number">${expected}</td>
    <td data-label="Collected" class="number">${collected}</td>
    ${severities.map(
      (severity) => html`<td data-label="${capitalized(severity)}" class="number">${findings[severity]}</td>`,
    )}
    <td data-label="Key age" class="number">${meanKeyAge ?? 'unknown'}</td>
  </tr>`;
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
