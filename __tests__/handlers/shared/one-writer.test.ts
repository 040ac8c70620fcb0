import fc from 'fast-check';
import { RUN, keyPatterns, keys, runOf } from '../../../handlers/shared/bucket-layout';
import { tableNames } from '../../../handlers/shared/table-columns';
import { type PatternKind, matches, writers } from '../../support/key-patterns';

const DATE = '2026-11-22';
const ACCOUNT = '123456789012';
const MADE = '0123456789abcdef';
const numbers = [0, 1, 42, 99_999, 12_345_678];
const runFiles = [
  'index.html',
  'credentials.csv',
  'findings.csv',
  'changes.csv',
  'snapshot.jsonl',
  'outputs.json',
  'SHA256SUMS',
] as const;
const dayFiles = ['index.html', 'credentials.csv', 'findings.csv', 'changes.csv'] as const;

/** Every key of a run and of its day, by the pattern that has to match it. */
const keysOf = (run: string, environment = 'production'): Record<PatternKind, string[]> => {
  const manifests = numbers.map((number) => keys.manifest(environment, number));
  return {
    ledgers: [keys.ledger(run), ...numbers.map((batch) => keys.batch(run, batch))],
    report: [keys.report(DATE, ACCOUNT)],
    serviceCredentials: [keys.serviceCredentials(DATE, ACCOUNT)],
    outcomes: numbers.map((batch) => keys.outcomes(run, batch)),
    reviews: numbers.map((waited) => keys.reviews(run, 1, waited)),
    runs: [
      ...runFiles.map((file) => keys.runFile(run, MADE, file)),
      keys.view(run),
      keys.signature(keys.view(run), 'key-1'),
    ],
    manifests: [...manifests, ...manifests.map((key) => keys.signature(key, 'key-1'))],
    signingKeys: [keys.publicKey('key-1')],
    exports: [keys.ocsf(run)],
    days: dayFiles.map((file) => keys.day(DATE, file)),
    tables: tableNames.map((table) => keys.partition(table, DATE)),
  };
};

const hostile = [
  ...['outcomes', 'ledgers', 'runs', 'manifests', 'organization', 'tables', 'reviews', 'signing-keys'],
  ...['view.json', 'ledger.json', 'batches', '00001.json', `credentialReport_${ACCOUNT}.csv`, DATE],
  ...[
    'production',
    '*',
    '?',
    '...',
    '.x',
    '%2e%2e',
    '\\',
    '\n',
    'é'.repeat(80),
    '🦊'.repeat(80),
    'x'.repeat(80),
  ],
];
/** Names of executions that RUN accepts. */
const executions = fc
  .oneof(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), fc.constantFrom(...hostile))
  .filter((name) => RUN.test(runOf(DATE, name)));

describe('every key of the bucket', () => {
  it('is matched by the patterns of the one function that writes it, whatever an execution is called', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        for (const [kind, kindKeys] of Object.entries(keysOf(runOf(DATE, execution)))) {
          for (const key of kindKeys) {
            const matching = writers.filter(({ patterns }) =>
              patterns.some((pattern) => matches(pattern, key)),
            );
            expect([key, matching.map(({ kinds }) => kinds.includes(kind as PatternKind))]).toEqual([
              key,
              [true],
            ]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(hostile)('is written by one function in an execution that is called %j', (execution) => {
    const run = runOf(DATE, execution);
    expect(RUN.test(run)).toBe(true);
    for (const [kind, kindKeys] of Object.entries(keysOf(run))) {
      for (const key of kindKeys) {
        const kinds = writers
          .filter(({ patterns }) => patterns.some((pattern) => matches(pattern, key)))
          .map(({ kinds }) => kinds.includes(kind as PatternKind));
        expect([key, kinds]).toEqual([key, [true]]);
      }
    }
  });

  it('is not below the results of Athena queries, which somebody else writes', () => {
    for (const { patterns } of writers)
      for (const pattern of patterns)
        for (const key of Object.values(keysOf(runOf(DATE, 'run-1'))).flat())
          expect(matches(pattern, `another-folder/${key}`)).toBe(false);
  });

  it('is readable by nobody but its environment, where it is a manifest', () => {
    const manifest = keys.manifest('production', 12);
    expect(matches(keyPatterns.manifests('production'), manifest)).toBe(true);
    for (const other of ['prod', 'production-2', 'roduction'])
      expect(matches(keyPatterns.manifests(other), manifest)).toBe(false);
  });
});

describe('a run', () => {
  it.each(['', '.', '..', 'a/b', '/', 'outcomes/x', '../x', 'x'.repeat(81), '🦊'.repeat(81)])(
    'cannot be called "%s"',
    (execution) => {
      expect(RUN.test(runOf(DATE, execution))).toBe(false);
    },
  );

  it.each(['', DATE, 'today/run-1', `${DATE}/`, `/${DATE}/run-1`, `x/${DATE}/run-1`, `runs/${DATE}/run-1`])(
    'is a date and an execution, not "%s"',
    (run) => {
      expect(RUN.test(run)).toBe(false);
    },
  );
});
