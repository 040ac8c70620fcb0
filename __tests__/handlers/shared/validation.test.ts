import { thresholdNames } from '../../../handlers/checks/check';
import * as z from 'zod/mini';
import { RunSettings } from '../../../handlers/shared/events';
import { RunName, Sha256, count } from '../../../handlers/shared/fields';
import { validated } from '../../../handlers/shared/validation';

const settings = {
  selection: { includeOus: [], excludeOus: [], exclude: [] },
  waiting: { seconds: 60, cycles: 45 },
  checks: {
    ...{ frameworks: [], on: [], off: [], severities: {}, machines: {}, exemptions: [] },
    ...Object.fromEntries(thresholdNames.map((name) => [name, 1])),
  },
  digest: 'failures',
  serviceCredentials: false,
};
const Event = z.strictObject({ run: RunName, ledger: Sha256, batch: count(), waited: count() });
const valid = { run: '2026-11-22/run-1', ledger: '0'.repeat(64), batch: 1, waited: 0 };
const errorFor = (value: unknown, schema: typeof Event | typeof RunSettings = Event) => {
  try {
    validated(schema, value, 'The event');
  } catch (error) {
    return (error as Error).message;
  }
  return 'valid';
};

describe('the validation of a value', () => {
  it.each([
    ['a missing field', { ...valid, run: undefined }, 'run is missing'],
    ['a wrong type', { ...valid, batch: 'one' }, 'batch: "one" is not valid'],
    ['a wrong format', { ...valid, run: 'x' }, 'run: "x" is not a run of the form DATE/EXECUTION'],
    ['a value that is not an object', null, 'the whole value: null is not valid'],
    ['a missing value', undefined, 'the whole value is missing'],
    [
      'several problems',
      { ...valid, run: undefined, ledger: 'x' },
      'run is missing; ledger: "x" is not a SHA-256 hash',
    ],
  ])('names %s', (_name, value, problems) => {
    expect(errorFor(value)).toBe(`The event is not valid: ${problems}`);
  });

  it('names a nested field', () => {
    const wrong = { ...settings, waiting: { seconds: 60, cycles: '45' } };
    expect(errorFor(settings, RunSettings)).toBe('valid');
    expect(errorFor(wrong, RunSettings)).toBe('The event is not valid: waiting.cycles: "45" is not valid');
  });

  it('names every field that is not known', () => {
    expect(errorFor({ ...valid, date: '2019-01-01', nonce: 'x' })).toBe(
      'The event is not valid: the whole value has unknown fields: date, nonce',
    );
  });

  it('quotes at most 100 characters of a value', () => {
    expect(errorFor({ ...valid, ledger: 'x'.repeat(500) })).toContain(`ledger: "${'x'.repeat(99)} is not a`);
  });
});
