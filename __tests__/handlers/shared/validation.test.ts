import { CollectReportsEvent } from '../../../handlers/shared/events';
import { validated } from '../../../handlers/shared/validation';

const valid = {
  date: '2026-11-22',
  runPrefix: 'runs/2026-11-22/run-1',
  batch: 1,
  waited: 0,
  waiting: { seconds: 60, cycles: 45 },
};
const errorFor = (value: unknown) => {
  try {
    validated(CollectReportsEvent, value, 'The event');
  } catch (error) {
    return (error as Error).message;
  }
  return 'valid';
};

describe('the validation of a value', () => {
  it.each([
    ['a missing field', { ...valid, date: undefined }, 'date is missing'],
    ['a wrong type', { ...valid, batch: 'one' }, 'batch: "one" is not valid'],
    ['a wrong format', { ...valid, date: 'today' }, 'date: "today" is not a date of the form YYYY-MM-DD'],
    [
      'a nested field',
      { ...valid, waiting: { seconds: 60, cycles: '45' } },
      'waiting.cycles: "45" is not valid',
    ],
    ['a value that is not an object', null, 'the whole value: null is not valid'],
    ['a missing value', undefined, 'the whole value is missing'],
    [
      'several problems',
      { ...valid, date: undefined, runPrefix: 'x' },
      'date is missing; runPrefix: "x" is not a run prefix of the form runs/DATE/EXECUTION',
    ],
  ])('names %s', (_name, value, problems) => {
    expect(errorFor(value)).toBe(`The event is not valid: ${problems}`);
  });

  it('quotes at most 100 characters of a value', () => {
    expect(errorFor({ ...valid, date: 'x'.repeat(500) })).toContain(`date: "${'x'.repeat(99)} is not a date`);
  });
});
