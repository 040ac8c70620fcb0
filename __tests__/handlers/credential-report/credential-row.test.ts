import { ACCESS_KEYS, CERTIFICATES, PASSWORD } from '../../../handlers/credential-report/credential';
import { UnreadableCell, timesOf } from '../../../handlers/credential-report/credential-row';
import { type Cells, START, TIMES, consoleUser, days, key, root, rowOf, user } from '../../support/rows';

/** A date that many milliseconds after the start of the run. */
const after = (milliseconds: number) => new Date(START + milliseconds).toISOString();
const DAY = 86_400_000;
const ageOf = (text: string) => rowOf({ password_last_used: text }).age('password_last_used');

describe('a flag', () => {
  it.each([
    ['true', true],
    ['TRUE', true],
    ['false', false],
    ['FALSE', false],
  ])('is %s in upper and lower case', (text, value) => {
    expect(rowOf({ mfa_active: text }).flag('mfa_active')).toBe(value);
    expect(rowOf({ mfa_active: text }).flagIfSupported('mfa_active')).toBe(value);
  });

  it('is undefined when not_supported is allowed', () => {
    expect(rowOf({ password_enabled: 'not_supported' }).flagIfSupported('password_enabled')).toBeUndefined();
  });

  it('cannot be read from not_supported otherwise', () => {
    expect(() => rowOf({ password_enabled: 'not_supported' }).flag('password_enabled')).toThrow(
      new UnreadableCell('password_enabled "not_supported" is neither true nor false'),
    );
  });

  it.each(['', 'yes', 'N/A', 'true '])('cannot be read from %j', (text) => {
    expect(() => rowOf({ mfa_active: text }).flag('mfa_active')).toThrow(UnreadableCell);
    expect(() => rowOf({ mfa_active: text }).flagIfSupported('mfa_active')).toThrow(UnreadableCell);
  });
});

describe('the age of a date', () => {
  it.each([
    ['a millisecond less than a day', 1 - DAY, 0],
    ['exactly a day', -DAY, 1],
    ['a millisecond less than two days', 1 - 2 * DAY, 1],
    ['exactly 45 days', -45 * DAY, 45],
  ])('counts whole days: %s before the run started', (_about, milliseconds, age) => {
    expect(ageOf(after(milliseconds))).toBe(age);
  });

  it('is 0, and never negative, for a date after the run started', () => {
    for (const milliseconds of [0, 1, 60_000]) expect(ageOf(after(milliseconds))).toBe(0);
  });

  it('is 0 for a date days after the run started, if the report was made after it', () => {
    const times = { startedAt: START, madeAt: START + 3 * DAY };
    const row = rowOf({ password_last_used: after(3 * DAY - 1) }, times);
    expect(row.age('password_last_used')).toBe(0);
  });

  it('cannot be told for a date that is more than a quarter of an hour later than the report', () => {
    const { madeAt } = TIMES;
    const latest = madeAt - START + 15 * 60_000;
    expect(ageOf(after(latest))).toBe(0);
    expect(() => ageOf(after(latest + 1))).toThrow(
      new UnreadableCell(
        'password_last_used "2026-11-22T08:16:00.001Z" is in the future: it is later than the report',
      ),
    );
    const early = { startedAt: START, madeAt: START - DAY };
    expect(() => rowOf({ password_last_used: after(-1) }, early).age('password_last_used')).toThrow('future');
  });

  it.each(['N/A', 'no_information', 'not_supported'])('is undefined for %s', (text) => {
    expect(ageOf(text)).toBeUndefined();
  });

  it.each([
    ['2026-11-12T08:00:00Z', 10],
    ['2026-11-12T08:00:00+00:00', 10],
    ['2026-11-12T08:00:00.5Z', 9],
    ['2026-11-12T08:00:00.123Z', 9],
    ['2026-11-12T10:00:00+02:00', 10],
    ['2026-11-12T07:00:00-02:00', 9],
    ['2026-11-12T23:59:59-12:00', 8],
    ['2026-11-12T00:30:00+14:00', 10],
    ['2024-02-29T08:00:00Z', 997],
  ])('is read from %s', (text, age) => {
    expect(ageOf(text)).toBe(age);
  });

  it.each([
    '',
    'yesterday',
    '2026-11-12',
    '2026-11-12T08:00:00',
    '2026-11-12 08:00:00Z',
    '2026-13-12T08:00:00Z',
    '2026-09-31T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-02-29T12:00:00+02:00',
    '2026-11-12T24:00:00Z',
    '2026-11-12T25:00:00Z',
    '2026-11-12T08:60:00Z',
    '2026-11-12T08:00:00+25:00',
    '+002026-11-12T08:00:00Z',
    '2026-11-12T08:00:00Z (UTC)',
  ])('cannot be read from %j', (text) => {
    expect(() => ageOf(text)).toThrow(UnreadableCell);
    expect(() => ageOf(text)).toThrow('is not a date');
  });
});

describe('a row', () => {
  it.each<[string, Cells, number[]]>([
    ['no key', user, []],
    ['the first key', { ...user, ...key(1, 1, 1) }, [1]],
    ['the second key', { ...user, ...key(2, 1, 1) }, [2]],
    ['both keys', { ...user, ...key(1, 1, 1), ...key(2, 1, 1) }, [1, 2]],
  ])('knows which keys are active: %s', (_about, cells, slots) => {
    const row = rowOf(cells);
    expect(ACCESS_KEYS.filter((place) => row.isActive(place)).map(({ slot }) => slot)).toEqual(slots);
  });

  it('has the partition of its ARN, or an empty one', () => {
    expect(rowOf(root).partition).toBe('aws');
    expect(rowOf({ arn: 'arn:aws-us-gov:iam::123456789012:root' }).partition).toBe('aws-us-gov');
    expect(rowOf({ arn: 'nonsense' }).partition).toBe('');
  });

  it('says what it knows of a credential, and leaves out what it cannot read', () => {
    const cells = { ...user, ...key(2, 10, 3), access_key_2_last_used_region: 'eu-west-1' };
    expect(rowOf(cells).credential(ACCESS_KEYS[1]!)).toEqual({
      kind: 'access-key',
      id: '2',
      createdAt: days(10),
      ageDays: 10,
      lastUsedAt: days(3),
      lastUsedRegion: 'eu-west-1',
      lastUsedService: '',
    });
    const unreadable = { ...cells, access_key_2_last_rotated: 'long ago', access_key_2_last_used_date: '?' };
    expect(rowOf(unreadable).credential(ACCESS_KEYS[1]!)).toMatchObject({
      createdAt: '',
      ageDays: null,
      lastUsedAt: '',
    });
    expect(rowOf({ ...user, cert_1_last_rotated: days(4) }).credential(CERTIFICATES[0]!)).toEqual({
      kind: 'certificate',
      id: '1',
      createdAt: days(4),
      ageDays: 4,
      lastUsedAt: '',
      lastUsedRegion: '',
      lastUsedService: '',
    });
    expect(rowOf(consoleUser).credential(PASSWORD)).toMatchObject({ kind: 'password', id: '', ageDays: 500 });
  });

  it('quotes at most 60 characters of a cell that it cannot read', () => {
    expect(() => rowOf({ mfa_active: 'x'.repeat(61) }).flag('mfa_active')).toThrow(
      new UnreadableCell(`mfa_active "${'x'.repeat(60)}" is neither true nor false`),
    );
    expect(() => rowOf({}).flag('mfa_active')).toThrow(
      new UnreadableCell('mfa_active (empty) is neither true nor false'),
    );
  });
});

describe('the times of a report', () => {
  const collectedAt = '2026-11-25T09:00:00.000Z';
  it('are the start of the run and the time at which IAM made the report', () => {
    const generatedAt = '2026-11-25T08:00:00Z';
    expect(timesOf({ generatedAt, collectedAt }, START)).toEqual({
      startedAt: START,
      madeAt: Date.parse(generatedAt),
    });
  });

  it.each(['', 'unknown'])(
    'have the time of collection if IAM did not say when it made it: %j',
    (generatedAt) => {
      expect(timesOf({ generatedAt, collectedAt }, START).madeAt).toBe(Date.parse(collectedAt));
    },
  );

  it('have the start of the run if nothing is known', () => {
    expect(timesOf({ generatedAt: '', collectedAt: '' }, START).madeAt).toBe(START);
  });
});
