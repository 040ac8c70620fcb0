import { UnreadableCell } from '../../../handlers/credential-report/credential-row';
import { type Cells, START, key, root, rowOf, user } from '../../support/rows';

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

  it('is 0 for a date up to a day after the run started', () => {
    expect(ageOf(after(0))).toBe(0);
    expect(ageOf(after(1))).toBe(0);
    expect(ageOf(after(DAY))).toBe(0);
  });

  it('cannot be told for a date more than a day after the run started', () => {
    expect(() => ageOf(after(DAY + 1))).toThrow(
      new UnreadableCell('password_last_used "2026-11-23T08:00:00.001Z" is in the future'),
    );
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
    expect(rowOf(cells).activeKeys()).toEqual(slots);
  });

  it('has the partition of its ARN, or an empty one', () => {
    expect(rowOf(root).partition).toBe('aws');
    expect(rowOf({ arn: 'arn:aws-us-gov:iam::123456789012:root' }).partition).toBe('aws-us-gov');
    expect(rowOf({ arn: 'nonsense' }).partition).toBe('');
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
