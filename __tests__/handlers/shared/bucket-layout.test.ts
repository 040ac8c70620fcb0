import fc from 'fast-check';
import {
  RUN_PREFIX,
  accountOfReport,
  batchOfReportPack,
  keyPatterns,
  keys,
  prefixPatterns,
  prefixes,
  runPrefixOf,
} from '../../../handlers/shared/bucket-layout';
import { tableNames } from '../../../handlers/shared/table-columns';

/** Matches as IAM does: `?` is one character, `*` any number of characters, slashes included. */
const matches = (pattern: string, text: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);
const matching = (patterns: Record<string, string>, text: string) =>
  Object.entries(patterns).flatMap(([kind, pattern]) => (matches(pattern, text) ? [kind] : []));

const DATE = '2026-11-22';
const ACCOUNT = '123456789012';

/** The keys of every kind in one run. */
const keysOf = (runPrefix: string): Record<keyof typeof keys, string[]> => ({
  report: [keys.report(DATE, ACCOUNT)],
  ledger: [keys.ledger(runPrefix)],
  batch: [1, 42, 99_999].map((batch) => keys.batch(runPrefix, batch)),
  outcomes: [1, 42, 99_999].map((batch) => keys.outcomes(runPrefix, batch)),
  reportPack: [0, 2700, 99_999].map((waited) => keys.reportPack(runPrefix, 1, waited)),
  manifest: [keys.manifest(runPrefix)],
  snapshot: [keys.snapshot(runPrefix)],
  organization: (
    ['index.html', 'credentials.csv', 'findings.csv', 'findings.jsonl', 'changes.csv'] as const
  ).map((file) => keys.organization(DATE, file)),
  partition: tableNames.map((table) => keys.partition(table, DATE)),
});

/** Names of executions: any text without a slash, often one that occurs in keys. */
const executions = fc.oneof(
  fc.string({ minLength: 1 }).filter((name) => !name.includes('/')),
  fc.constantFrom('run-1', 'batches', 'outcomes', 'ledger.json', 'manifest.json', 'runs', '*', '..', DATE),
);

describe('a key pattern', () => {
  // No overlap is known: a policy for one kind grants nothing about the others.
  it('matches the keys of its own kind and of no other', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        for (const [kind, kindKeys] of Object.entries(keysOf(runPrefixOf(DATE, execution)))) {
          for (const key of kindKeys) expect([key, matching(keyPatterns, key)]).toEqual([key, [kind]]);
        }
      }),
    );
  });

  it('does not match the results of Athena queries', () => {
    for (const file of ['x.csv', 'tables/2026/11/22/x.csv', 'runs/2026-11-22/run-1/manifest.json'])
      expect(matching(keyPatterns, `${prefixes.athenaResults}${file}`)).toEqual([]);
  });

  it('matches neither a report of another form nor one in another folder', () => {
    for (const key of [
      `x/${keys.report(DATE, ACCOUNT)}`,
      keys.report(DATE, '1'),
      keys.report('2026', ACCOUNT),
    ])
      expect(matching(keyPatterns, key)).toEqual([]);
  });
});

describe('a prefix pattern', () => {
  it('matches every prefix that summarize-run lists, by exactly one statement', () => {
    const runPrefix = runPrefixOf(DATE, 'run-1');
    const listed = {
      reports: [prefixes.reports(DATE)],
      // A manifest and a snapshot are listed to find out whether they exist.
      runs: [
        prefixes.runs,
        prefixes.runsOfDate(DATE),
        prefixes.outcomes(runPrefix),
        keys.manifest(runPrefix),
        keys.snapshot(runPrefix),
      ],
      reportPacks: [prefixes.reportPacks(runPrefix)],
    } satisfies Record<keyof typeof prefixPatterns, string[]>;
    for (const [kind, kindPrefixes] of Object.entries(listed)) {
      for (const prefix of kindPrefixes)
        expect([prefix, matching(prefixPatterns, prefix)]).toEqual([prefix, [kind]]);
    }
    expect(matching(prefixPatterns, '')).toEqual([]);
  });
});

describe('the layout of the bucket', () => {
  it('has the keys that auditors and queries rely on', () => {
    const runPrefix = runPrefixOf(DATE, 'run-1');
    expect(keysOf(runPrefix)).toMatchObject({
      report: ['2026-11-22/credentialReport_123456789012.csv'],
      ledger: ['runs/2026-11-22/run-1/ledger.json'],
      batch: expect.arrayContaining(['runs/2026-11-22/run-1/batches/00042.json']) as string[],
      outcomes: expect.arrayContaining(['runs/2026-11-22/run-1/outcomes/00042.json']) as string[],
      reportPack: expect.arrayContaining(['report-packs/2026-11-22/run-1/00001-02700.json']) as string[],
      manifest: ['runs/2026-11-22/run-1/manifest.json'],
      snapshot: ['runs/2026-11-22/run-1/snapshot.jsonl'],
      organization: expect.arrayContaining(['organization/2026-11-22/findings.csv']) as string[],
      partition: expect.arrayContaining(['tables/findings/2026-11-22/symlink.txt']) as string[],
    });
  });

  it('has the keys of a kind below the prefix that lists them', () => {
    const runPrefix = runPrefixOf(DATE, 'run-1');
    const below = (prefix: string, kindKeys: string[]) => kindKeys.every((key) => key.startsWith(prefix));
    const { report, outcomes, reportPack, organization, partition } = keysOf(runPrefix);
    expect(below(prefixes.reports(DATE), report)).toBe(true);
    expect(below(prefixes.outcomes(runPrefix), outcomes)).toBe(true);
    expect(below(prefixes.reportPacks(runPrefix), reportPack)).toBe(true);
    expect(below(prefixes.allReportPacks, reportPack)).toBe(true);
    expect(below(prefixes.organization(DATE), organization)).toBe(true);
    expect(tableNames.map(prefixes.table).every((prefix, index) => below(prefix, [partition[index]!]))).toBe(
      true,
    );
  });

  it('expires report packs and nothing else by their prefix', () => {
    const { reportPack: _reportPack, ...others } = keysOf(runPrefixOf(DATE, 'run-1'));
    const expiring = Object.values(others)
      .flat()
      .filter((key) => key.startsWith(prefixes.allReportPacks));
    expect(expiring).toEqual([]);
  });

  it('finds the account of a report in its key, and in no other key', () => {
    const { report, ...others } = keysOf(runPrefixOf(DATE, keys.report(DATE, ACCOUNT).replace('/', ' ')));
    expect(report.map(accountOfReport)).toEqual([ACCOUNT]);
    expect(Object.values(others).flat().filter(accountOfReport)).toEqual([]);
  });

  it('finds the batch of a report pack in its key', () => {
    fc.assert(
      fc.property(
        executions,
        fc.nat({ max: 200_000 }),
        fc.nat({ max: 200_000 }),
        (execution, batch, waited) => {
          expect(batchOfReportPack(keys.reportPack(runPrefixOf(DATE, execution), batch, waited))).toBe(batch);
        },
      ),
    );
  });

  it('sorts batches in the order of their numbers', () => {
    const batches = [1, 2, 10, 99, 100, 12_345].map((batch) => keys.batch('runs/x/y', batch));
    expect([...batches].sort()).toEqual(batches);
  });

  it('recognizes the prefix of a run, and nothing else', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        expect(RUN_PREFIX.test(runPrefixOf(DATE, execution))).toBe(true);
      }),
    );
    for (const other of [
      '',
      'runs/',
      `runs/${DATE}`,
      `runs/${DATE}/`,
      `runs/${DATE}/a/b`,
      `x/${DATE}/a`,
      `runs/today/a`,
    ])
      expect(RUN_PREFIX.test(other)).toBe(false);
  });
});
