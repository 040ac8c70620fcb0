import { checks } from '../../../../handlers/checks';
import { type CheckResult, thresholdNames } from '../../../../handlers/checks/check';
import type { CredentialReport } from '../../../../handlers/credential-report/credential-report';
import { ControlResults } from '../../../../handlers/core/control-results';
import { Evaluation } from '../../../../handlers/core/evaluate';
import { Exemptions } from '../../../../handlers/core/exemptions';
import { ruleSetOf } from '../../../../handlers/core/rule-set';
import { judged } from '../../../support/judged';
import { defaultSettings } from '../../../../tools/support/embedded-execution';
import { CONTEXT, type Cells, rowOf } from '../../../support/rows';
import {
  type GoldenRow,
  bases,
  goldenFrameworks,
  goodRoot,
  rootRows,
  userRows,
  withoutRootRow,
} from './rows';

const ACCOUNT = '123456789012';
/** What is said of the organization is not in its reports. */
const ofOrganization = ['central-root-access'];

interface Assessed {
  /** Result of the row by check. */
  readonly results: Record<string, string>;
  /** By framework, as the rows write it. */
  readonly controls: string[];
}

function assess(root: Cells | undefined, users: Cells[], machines = {}, partition = 'aws'): Assessed {
  const settings = {
    ...defaultSettings.checks,
    frameworks: goldenFrameworks,
    on: checks.map(({ id }) => id),
    machines,
  };
  const ruleSet = ruleSetOf(settings, partition);
  const report: CredentialReport = {
    root: root && rowOf(root),
    users: users.map((cells) => rowOf(cells)),
    unknownColumns: [],
  };
  const { results, controlResults } = new Evaluation(ruleSet, new Exemptions([], '2026-11-22')).account(
    { id: ACCOUNT },
    judged(ruleSet, ACCOUNT, report),
  );
  const controls = new ControlResults(ruleSet);
  controls.add(ACCOUNT, controlResults);
  const written = { 'not-met': '', undecided: '?' };
  return {
    results: Object.fromEntries(results),
    controls: controls.totals.map(({ controls: all }) =>
      all
        .filter((control) => !control.checks.some((check) => ofOrganization.includes(check)))
        .flatMap(({ id, status }) => (status in written ? `${written[status as 'undecided']}${id}` : []))
        .join(' '),
    ),
  };
}

/** Results by check, from `fail: a b, unknown: c`. */
const parsed = (results: string): Record<string, CheckResult> =>
  Object.fromEntries(
    results
      .split(', ')
      .filter(Boolean)
      .flatMap((part) => {
        const [result = '', ids = ''] = part.split(': ');
        return ids.split(' ').map((id) => [id, result as CheckResult]);
      }),
  );

const baseOf = (name: GoldenRow['base']) =>
  parsed(
    Object.entries(bases[name])
      .map(([result, ids]) => `${result}: ${ids}`)
      .join(', '),
  );

describe('the golden table', () => {
  it('has the thresholds of an environment that sets none', () => {
    for (const name of thresholdNames) expect(CONTEXT.thresholds[name]).toBe(defaultSettings.checks[name]);
  });

  it('names every check of rows in its bases', () => {
    const named = new Set([...Object.keys(baseOf('person')), ...Object.keys(baseOf('root'))]);
    const ofRows = checks.filter(({ appliesTo }) => ['root', 'user', 'principal'].includes(appliesTo));
    expect([...named].sort()).toEqual(ofRows.map(({ id }) => id));
  });

  it('has a row that passes, fails or is unknown, and one that does not, for every check', () => {
    for (const check of Object.keys({ ...baseOf('person'), ...baseOf('root') })) {
      const found = [...userRows, ...rootRows].map(
        ({ base, results }) => ({ ...baseOf(base), ...parsed(results) })[check],
      );
      expect([check, found.some((result) => result === 'fail' || result === 'unknown')]).toEqual([check, true]);
    }
  });

  it.each(userRows.map((row) => [`${row.base}: ${row.name}`, row] as const))('user, %s', (_name, row) => {
    const { results, controls } = assess(goodRoot, [row.cells], row.machines);
    const expected = { ...baseOf(row.base), ...parsed(row.results) };
    expect(Object.fromEntries(Object.keys(expected).map((id) => [id, results[id]]))).toEqual(expected);
    expect(byFramework(controls)).toEqual(byFramework(row.controls));
  });

  it.each(rootRows.map((row) => [row.name, row] as const))('root user, %s', (_name, row) => {
    const { results, controls } = assess(row.cells, []);
    expect(results).toEqual({
      ...baseOf(row.base),
      'root-row-missing': 'pass',
      ...parsed(row.results),
    });
    expect(byFramework(controls)).toEqual(byFramework(row.controls));
  });

  it.each(Object.entries(withoutRootRow))('no row for the root user in %s', (partition, expected) => {
    const { results, controls } = assess(undefined, [], {}, partition);
    const [missing, others] = partition === 'aws-cn' ? ['not-applicable', 'not-applicable'] : ['fail', 'unknown'];
    const all = Object.keys(baseOf('root')).map((id) => [id, others]);
    expect(results).toEqual({ ...Object.fromEntries(all), 'root-row-missing': missing });
    expect(byFramework(controls)).toEqual(byFramework(expected));
  });
});

const byFramework = (controls: readonly string[]) =>
  Object.fromEntries(goldenFrameworks.map((framework, index) => [framework, controls[index]]));
