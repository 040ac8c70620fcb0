import fc from 'fast-check';
import {
  RUN,
  accountOfList,
  accountOfReport,
  batchOfReviews,
  keyPatterns,
  keys,
  numberOfManifest,
  partsOfRun,
  prefixPatterns,
  prefixes,
  runOf,
  runOfOutcomes,
} from '../../../handlers/shared/bucket-layout';
import { tableNames } from '../../../handlers/shared/table-columns';
import { matches } from '../../support/key-patterns';

const DATE = '2026-11-22';
const ACCOUNT = '123456789012';
const MADE = '0123456789abcdef';
const run = runOf(DATE, 'run-1');

/** Names of executions, often ones that occur in keys. */
const executions = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('run-1', 'batches', 'outcomes', 'ledger.json', 'view.json', 'runs', '*', DATE),
  )
  .filter((name) => RUN.test(runOf(DATE, name)));

describe('the layout of the bucket', () => {
  it('has the keys that auditors and queries rely on', () => {
    expect(keys.report(DATE, ACCOUNT)).toBe('2026-11-22/credentialReport_123456789012.csv');
    expect(keys.ledger(run)).toBe('ledgers/2026-11-22/run-1/ledger.json');
    expect(keys.batch(run, 42)).toBe('ledgers/2026-11-22/run-1/batches/00042.json');
    expect(keys.outcomes(run, 42)).toBe('outcomes/2026-11-22/run-1/00042.json');
    expect(keys.reviews(run, 1, 2700)).toBe('reviews/2026-11-22/run-1/00001-02700.jsonl');
    expect(keys.runFile(run, MADE, 'snapshot.jsonl')).toBe(`runs/2026-11-22/run-1/${MADE}/snapshot.jsonl`);
    expect(keys.view(run)).toBe('runs/2026-11-22/run-1/view.json');
    expect(keys.manifest('production', 12)).toBe('manifests/production/00000012.json');
    expect(keys.publicKey('key-1')).toBe('signing-keys/key-1.pem');
    expect(keys.day(DATE, 'findings.csv')).toBe('organization/2026-11-22/findings.csv');
    expect(keys.partition('findings', DATE)).toBe('tables/findings/2026-11-22/symlink.txt');
  });

  it('has a signature beside what it signs, named after its key', () => {
    expect(keys.signature(keys.manifest('production', 12), 'key-1')).toBe(
      'manifests/production/00000012.key-1.sig',
    );
    expect(keys.signature(keys.view(run), 'key-1')).toBe('runs/2026-11-22/run-1/view.key-1.sig');
  });

  it('has the keys of a kind below the prefix that lists them', () => {
    const below: [prefix: string, key: string][] = [
      [prefixes.reports(DATE), keys.report(DATE, ACCOUNT)],
      [prefixes.ledgers, keys.batch(run, 1)],
      [prefixes.outcomes(run), keys.outcomes(run, 1)],
      [prefixes.outcomesOfDate(DATE), keys.outcomes(run, 1)],
      [prefixes.allOutcomes, prefixes.outcomesOfDate(DATE)],
      [prefixes.reviews(run), keys.reviews(run, 1, 0)],
      [prefixes.allReviews, prefixes.reviews(run)],
      [prefixes.runs, keys.view(run)],
      [prefixes.manifests('production'), keys.manifest('production', 1)],
      [prefixes.allManifests, prefixes.manifests('production')],
      [prefixes.signingKeys, keys.publicKey('key-1')],
      [prefixes.day(DATE), keys.day(DATE, 'index.html')],
      [prefixes.allDays, prefixes.day(DATE)],
      ...tableNames.map((table): [string, string] => [prefixes.table(table), keys.partition(table, DATE)]),
    ];
    for (const [prefix, key] of below) expect([prefix, key.startsWith(prefix)]).toEqual([prefix, true]);
  });

  it('lists the outcomes and reviews of a run without those of one whose name starts alike', () => {
    for (const [prefix, key] of [
      [prefixes.outcomes(run), keys.outcomes(`${run}0`, 1)],
      [prefixes.reviews(run), keys.reviews(`${run}0`, 1, 0)],
      [prefixes.manifests('prod'), keys.manifest('production', 1)],
    ] as const)
      expect(key.startsWith(prefix)).toBe(false);
  });

  it('expires reviews and nothing else by their prefix', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        const name = runOf(DATE, execution);
        const others = [keys.ledger(name), keys.batch(name, 1), keys.outcomes(name, 1), keys.view(name)];
        for (const key of [...others, keys.runFile(name, MADE, 'outputs.json'), keys.report(DATE, ACCOUNT)])
          expect(key.startsWith(prefixes.allReviews)).toBe(false);
      }),
    );
  });
});

describe('a key', () => {
  it('of a report tells its account, and no other key does', () => {
    const name = runOf(DATE, keys.report(DATE, ACCOUNT).replace('/', ' '));
    expect(accountOfReport(keys.report(DATE, ACCOUNT))).toBe(ACCOUNT);
    for (const key of [
      keys.outcomes(name, 1),
      keys.view(name),
      `x/${keys.report(DATE, ACCOUNT)}`,
      keys.report(DATE, '1'),
      keys.report('2026', ACCOUNT),
    ])
      expect(accountOfReport(key)).toBeUndefined();
  });

  it('of service-specific credentials tells their account, and no other key does', () => {
    expect(accountOfList(keys.serviceCredentials(DATE, ACCOUNT))).toBe(ACCOUNT);
    for (const key of [
      keys.report(DATE, ACCOUNT),
      `x/${keys.serviceCredentials(DATE, ACCOUNT)}`,
      keys.serviceCredentials(DATE, '1'),
      keys.serviceCredentials('2026', ACCOUNT),
    ])
      expect(accountOfList(key)).toBeUndefined();
  });

  it('of reviews tells their batch', () => {
    fc.assert(
      fc.property(executions, fc.nat(200_000), fc.nat(200_000), (execution, batch, waited) => {
        expect(batchOfReviews(keys.reviews(runOf(DATE, execution), batch, waited))).toBe(batch);
      }),
    );
  });

  it('of outcomes tells its run, and no other key does', () => {
    fc.assert(
      fc.property(executions, fc.nat(200_000), (execution, batch) => {
        const name = runOf(DATE, execution);
        expect(runOfOutcomes(keys.outcomes(name, batch))).toBe(name);
        expect(runOfOutcomes(keys.batch(name, batch))).toBeUndefined();
        expect(runOfOutcomes(keys.view(name))).toBeUndefined();
      }),
    );
  });

  it('of a manifest tells its number, and that of its signature does not', () => {
    for (const number of [1, 12, 99_999_999]) {
      const key = keys.manifest('production', number);
      expect(numberOfManifest(key)).toBe(number);
      expect(numberOfManifest(keys.signature(key, 'key-1'))).toBeUndefined();
    }
  });

  it('sorts batches and manifests in the order of their numbers', () => {
    const sorted = [1, 2, 10, 99, 100, 12_345];
    for (const keyOf of [(n: number) => keys.batch(run, n), (n: number) => keys.manifest('production', n)])
      expect(sorted.map(keyOf).sort()).toEqual(sorted.map(keyOf));
  });
});

describe('a run', () => {
  it('is named by its date and its execution', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        expect(partsOfRun(runOf(DATE, execution))).toEqual({ date: DATE, execution });
      }),
    );
  });
});

describe('a pattern', () => {
  it('matches each prefix that is listed, and never the whole bucket', () => {
    const listed = {
      reports: [prefixes.reports(DATE)],
      serviceCredentials: [prefixes.serviceCredentials(DATE)],
      ledgers: [keys.ledger(run)],
      outcomes: [prefixes.outcomes(run), prefixes.outcomesOfDate(DATE), keys.outcomes(run, 1)],
      reviews: [prefixes.reviews(run)],
      runs: [keys.view(run)],
      manifests: [prefixes.manifests('production'), keys.manifest('production', 1)],
    } satisfies Record<keyof typeof prefixPatterns, string[]>;
    const patterns = { ...prefixPatterns, manifests: prefixPatterns.manifests('production') };
    const matching = (prefix: string) =>
      Object.entries(patterns).flatMap(([kind, pattern]) => (matches(pattern, prefix) ? [kind] : []));
    for (const [kind, kindPrefixes] of Object.entries(listed))
      for (const prefix of kindPrefixes) expect([prefix, matching(prefix)]).toEqual([prefix, [kind]]);
    expect(matching('')).toEqual([]);
  });

  it('of finished runs matches what marks a run as finished, and no other file of it', () => {
    expect(matches(keyPatterns.view, keys.view(run))).toBe(true);
    expect(matches(keyPatterns.view, keys.runFile(run, MADE, 'outputs.json'))).toBe(false);
    expect(matches(keyPatterns.view, keys.ledger(runOf(DATE, 'view.json')))).toBe(false);
  });

  it('of reports matches neither one of another form nor one in another folder', () => {
    for (const key of [
      `x/${keys.report(DATE, ACCOUNT)}`,
      keys.report(DATE, '1'),
      keys.report('2026', ACCOUNT),
    ])
      expect(matches(keyPatterns.report, key)).toBe(false);
  });
});
