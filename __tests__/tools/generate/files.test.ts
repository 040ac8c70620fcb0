import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultOptions } from '../../../constructs/environment/environment';
import { checks } from '../../../handlers/checks';
import { frameworks } from '../../../handlers/frameworks';
import { failureExplanations } from '../../../handlers/shared/failure-reasons';
import { MOST_PER_ACCOUNT } from '../../../tools/bench/bounds';
import { model } from '../../../tools/bench/model';
import { generatedFiles } from '../../../tools/generate/files';
import { explanations } from '../../../tools/peers/compared/explanations';
import measured from '../../../tools/peers/compared/measured.json';
import { oddReports } from '../../../tools/peers/compared/odd-reports';
import { filledByAws } from '../../../tools/provider-schema/filled-by-aws';
import { optionList } from '../../../tools/support/option-list';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** A project whose documents have empty sections. */
function project(name: string, documents: Record<string, string> = {}): string {
  const docs = join(folder, name, 'docs');
  mkdirSync(docs, { recursive: true });
  const sections = {
    options: ['options'],
    failures: ['failure-reasons', 'aws-errors'],
    checks: ['checks'],
    frameworks: ['frameworks', 'whole-controls', 'partial-controls'],
    'existing-bucket': ['bucket-statements', 'key-statements', 'deny-patterns'],
    doctor: ['doctor'],
    'empty-plans': ['filled-by-aws', 'taken-over', 'deprecated'],
    tests: ['unproven'],
    scanners: ['checkov', 'security-hub', 'cdk-nag'],
    cost: ['caused-costs'],
    scale: ['settings-and-times'],
    peers: [
      'peer-checks',
      'peer-totals',
      'peer-prowler',
      'peer-custodian',
      'peer-powerpipe',
      'peer-security-hub',
      'peer-odd-reports',
      'peer-calls',
    ],
  };
  for (const [document, names] of Object.entries(sections)) {
    const empty = names.map(
      (name) => `<!-- generated: ${name} -->\n\nOUTDATED\n\n<!-- end of generated: ${name} -->\n`,
    );
    const text = `# Title\n\n${empty.join('\n')}\nEnd.\n`;
    writeFileSync(join(docs, `${document}.md`), documents[document] ?? text);
  }
  return join(folder, name);
}

const textOf = (root: string, path: string) => generatedFiles(root).files.get(path) ?? '';
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('| `'));

describe('the generated files', () => {
  const root = project('complete');

  it('are the schemas, the examples of a plan comment and a permissions boundary, the list of frameworks, and documents with generated sections', () => {
    expect([...generatedFiles(root).files.keys()]).toEqual([
      'environments/schema.json',
      'schemas/manifest.json',
      'schemas/exemptions.json',
      'schemas/events/RunSummarized.json',
      'schemas/events/AccountFindingsChanged.json',
      'docs/doctor-permissions.json',
      'docs/plan-comment-example.md',
      'docs/permissions-boundary.json',
      'handlers/frameworks/index.ts',
      'docs/options.md',
      'docs/failures.md',
      'docs/checks.md',
      'docs/frameworks.md',
      'docs/existing-bucket.md',
      'docs/doctor.md',
      'docs/empty-plans.md',
      'docs/tests.md',
      'docs/scanners.md',
      'docs/cost.md',
      'docs/scale.md',
      'docs/peers.md',
    ]);
  });

  it('keep what stands around the markers of a section, and replace what stands between them', () => {
    const text = textOf(root, 'docs/checks.md');
    expect(text).toMatch(
      /^# Title\n\n<!-- generated: checks -->\n\n.*\n\n<!-- end of generated: checks -->\n\nEnd\.\n$/s,
    );
    expect(text).not.toContain('OUTDATED');
  });

  it('fill every section of a document', () => {
    const text = textOf(root, 'docs/empty-plans.md');
    expect(text).not.toContain('OUTDATED');
    expect(rowsOf(text).length).toBeGreaterThan(filledByAws.length);
  });

  it('stay as they are when they are generated again', () => {
    const again = project('again', { checks: textOf(root, 'docs/checks.md') });
    expect(textOf(again, 'docs/checks.md')).toBe(textOf(root, 'docs/checks.md'));
  });

  it('cannot be generated if a document lacks the markers', () => {
    expect(() => generatedFiles(project('incomplete', { options: '# Options\n' }))).toThrow(
      'docs/options.md must have the lines <!-- generated: options --> and <!-- end of generated: options -->',
    );
  });
});

describe('the table of what other services charge', () => {
  it('says what the events and logs that the benchmark accepts cost a month', () => {
    const { managementEvents, logBytes } = MOST_PER_ACCOUNT;
    const row = textOf(project('costs'), 'docs/cost.md')
      .split('\n')
      .find((line) => line.startsWith('| 10,000 |'));
    const runs = (365 / 12) * 10_000;
    const cost = (usd: number) => `$${usd.toFixed(2)}`;
    const [, , copy, guardDuty, logs] = row?.split('|').map((cell) => cell.trim()) ?? [];
    expect([copy, guardDuty, logs]).toEqual([
      cost(runs * managementEvents * model.cloudTrail.usdPerManagementEvent),
      cost(runs * managementEvents * model.guardDuty.usdPerManagementEvent),
      cost((runs * logBytes * model.logs.usdPerGib) / 2 ** 30),
    ]);
  });
});

describe('the table of options', () => {
  const rows = rowsOf(textOf(project('options'), 'docs/options.md'));

  it('has a row for every option', () => {
    expect(rows).toHaveLength(optionList.length);
    for (const option of Object.keys(defaultOptions))
      expect(rows.some((row) => new RegExp(`^\\| \`${option}[.\`]`).test(row))).toBe(true);
  });

  it.each([
    ['values to choose from', '| `digest` | `failures`, `new-findings`, `weekly`, `always` | `failures` |'],
    ['a range', '| `schedule.hour` | 0 to 23 | `8` |'],
    ['a default in words', '| `retentionDays` | 1 to 36500 | kept forever |'],
    ['a field of one kind', '| `encryption.keyArn` (`existing-key` only) | text | required |'],
    ['a field of a list item', '| `checks.exemptions[].reason` | text | required |'],
  ])('shows %s', (_, begin) => {
    expect(rows.filter((row) => row.startsWith(begin))).toHaveLength(1);
  });
});

describe('the table of failure reasons', () => {
  it('has a row with meaning and action for every reason', () => {
    const rows = rowsOf(textOf(project('failures'), 'docs/failures.md'));
    expect(rows).toEqual(
      Object.entries(failureExplanations).map(
        ([reason, { meaning, action }]) => `| \`${reason}\` | ${meaning} | ${action} |`,
      ),
    );
  });
});

describe('the table of checks', () => {
  it('has a row for every check, with its severity, whether it is always on, and default thresholds', () => {
    const rows = rowsOf(textOf(project('checks'), 'docs/checks.md'));
    expect(rows).toHaveLength(checks.length);
    expect(rows.find((row) => row.startsWith('| `unused-45-days` |'))).toMatch(
      /\| medium \| always \| No password .* unused for 45 days or more \| Fails when .* \|$/,
    );
  });
});

describe('the tables of frameworks', () => {
  const rows = rowsOf(textOf(project('frameworks'), 'docs/frameworks.md'));

  it('have a row for every framework, and two for every check', () => {
    for (const { id } of frameworks)
      expect(rows.filter((row) => row.startsWith(`| \`${id}\` |`))).toHaveLength(1);
    for (const { id } of checks)
      expect(rows.filter((row) => row.startsWith(`| \`${id}\` |`))).toHaveLength(2);
  });

  it('say for every framework which control a check assesses, or that there is none', () => {
    const [whole] = rows.filter((row) => row.startsWith('| `key-at-setup` |'));
    expect(whole).toBe('| `key-at-setup` | 1.11 | 1.11 | 1.10 | 2.10 | none | none | none |');
  });

  it('say which controls are assessed in part', () => {
    const [whole] = rows.filter((row) => row.startsWith('| `root-recent-use` |'));
    expect(whole).toContain('| 2.7 (in part) |');
  });
});

it('explain every difference to a peer that was measured, and every odd report', () => {
  const peers = textOf(project('peers'), 'docs/peers.md');
  const differences = new Set(Object.keys(measured.differences));
  expect(explanations.map(({ id }) => id).filter((id) => !differences.has(id))).toEqual([]);
  for (const { there } of explanations) expect(peers).toContain(there.replaceAll('|', '\\|'));
  for (const { id, what } of oddReports) {
    expect(Object.keys(measured.oddReports)).toContain(id);
    expect(peers).toContain(`| ${what} |`);
  }
});
