import { ChangeTotals } from '../../../handlers/core/change-totals';
import { Exemptions } from '../../../handlers/core/exemptions';
import { Manifest } from '../../../handlers/core/manifest';
import { partAt, pathsIn, replaced } from '../../support/edited';
import { PLACE, collectedAccount, failedAccount, manifestOf, skippedAccount } from '../../support/manifests';
import { DATE } from '../../support/stored-run';

const exemption = { account: '*', user: 'ci-*', check: 'root-mfa', reason: 'r', expires: DATE };
const hash = (digit: string) => digit.repeat(64);
const since = { date: '2026-11-21', execution: 'run-0', startedAt: '2026-11-21T08:00:00.000Z' };
/** A manifest that has everything that a manifest can have. */
const full: Manifest = {
  ...manifestOf(
    [
      { ...collectedAccount(1), versionId: 'v1' },
      {
        ...failedAccount(2),
        keptFrom: { number: 6, execution: 'morning', startedAt: `${DATE}T04:00:00.000Z` },
      },
      skippedAccount(3),
    ],
    {
      place: { ...PLACE, retentionDays: 400 },
      exemptions: new Exemptions([exemption], DATE),
      unknownColumns: new Set(['new_column']),
      changeCounts: new ChangeTotals({ 'root-mfa': { days: 1 } }, {}).all,
      earlier: { ...since, accounts: [collectedAccount(9)] },
      notes: ['a note'],
    },
  ),
  number: 7,
  previous: { key: 'manifests/production/00000006.json', sha256: hash('a') },
  recent: [{ number: 6, sha256: hash('a'), ...since }],
  files: [{ key: `runs/${DATE}/run-1/0123456789abcdef/snapshot.jsonl`, bytes: 3, sha256: hash('b') }],
};

/** Thresholds are named by those who add checks: a rule is a record. */
const isOfRule = (path: readonly string[]) => ['thresholds', 'before', 'after'].includes(path.at(-2) ?? '');
const paths = pathsIn(full).filter((path) => path.length > 0 && !isOfRule(path));
const valueAt = (path: string[]) => partAt(full, path);
const isValid = (value: unknown) => Manifest.safeParse(JSON.parse(JSON.stringify(value))).success;
/** Of these paths those at which another value is accepted. */
const accepting = (value: unknown, among: string[][]) =>
  among.map((path) => (isValid(replaced(full, path, value)) ? path.join('.') : '')).filter(Boolean);
const numbers = paths.filter((path) => typeof valueAt(path) === 'number');

describe('the schema of the manifest', () => {
  it('accepts what the run writes', () => {
    expect(isValid(full)).toBe(true);
    expect(isValid(manifestOf([]))).toBe(true);
  });

  it('requires every field, but for those that not every account or exemption has', () => {
    const fields = paths.filter((path) => Number.isNaN(Number(path.at(-1))));
    expect(accepting(undefined, fields)).toEqual([
      'exemptions.0.account',
      'accounts.0.path',
      'accounts.0.versionId',
      'accounts.1.keptFrom',
    ]);
  });

  it('accepts no value of another type anywhere', () => {
    const withoutNumbers = accepting(['other'], paths).map((path) => path.replaceAll(/\.\d+/g, '.N'));
    expect([...new Set(withoutNumbers)]).toEqual([
      'checks.N.controls',
      'frameworks.N.controls.N.checks',
      'notes',
      'unknownColumns',
    ]);
  });

  it('accepts null only where something may be unknown or absent', () => {
    const withoutNumber = accepting(null, paths).map((path) => path.replace(/\.\d+/, '.N'));
    expect([...new Set(withoutNumber)].sort()).toEqual([
      'accounts.N.ageMinutes',
      'accounts.N.generatedAt',
      'changes',
      'changes.ruleChanges.N.after',
      'changes.ruleChanges.N.before',
      'checks.N.benchmark',
      'keyAges.groups.N.to',
      'owners',
      'previous',
      'previous.sha256',
      'retentionDays',
      'serviceCredentials',
    ]);
  });

  it('accepts no negative and no fractional number, but for the age of a report', () => {
    expect(accepting(1.5, numbers)).toEqual([]);
    // Earlier versions wrote a negative age if the clock of IAM was ahead; now it is 0.
    expect(accepting(-1, numbers)).toEqual(['accounts.0.ageMinutes']);
  });

  it('accepts 0 for every count, but not where counting starts at 1', () => {
    const accepted = accepting(0, numbers);
    expect(numbers.map((path) => path.join('.')).filter((path) => !accepted.includes(path))).toEqual([
      'version',
      'number',
      'retentionDays',
      'failures.0.accounts',
    ]);
  });

  it.each(['12345678901', '1234567890123', '12345678901x', 'x123456789012', ''])(
    'accepts no account ID that is not 12 digits: %j',
    (id) => {
      expect(accepting(id, [['accounts', '0', 'id']])).toEqual([]);
    },
  );

  it('accepts no unknown outcome, reason or version', () => {
    const enumerations = [
      'accounts.0.outcome',
      'accounts.0.evidence',
      'accounts.1.reason',
      'failures.0.reason',
      'version',
    ];
    expect(
      accepting(
        'other',
        enumerations.map((path) => path.split('.')),
      ),
    ).toEqual([]);
    for (const version of [1, 2, 4, '3']) expect(accepting(version, [['version']])).toEqual([]);
  });

  it.each(['', hash('a').slice(1), `${hash('a')}a`, hash('A'), hash('g')])(
    'accepts no hash that is not 64 hexadecimal digits in lower case: %j',
    (text) => {
      const hashes = paths.filter((path) => path.at(-1) === 'sha256');
      expect(hashes).toHaveLength(4);
      expect(accepting(text, hashes)).toEqual([]);
    },
  );
});
