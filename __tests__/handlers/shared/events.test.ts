import fc from 'fast-check';
import type * as z from 'zod/mini';
import { runPrefixOf } from '../../../handlers/shared/bucket-layout';
import {
  RequestReportsEvent,
  CollectReportsEvent,
  ListAccountsEvent,
  SummarizeRunEvent,
} from '../../../handlers/shared/events';
import { InvalidInput, validated } from '../../../handlers/shared/validation';
import { edited } from '../../support/edited';

const runPrefix = 'runs/2026-11-22/run-1';
const events = {
  'list-accounts': {
    schema: ListAccountsEvent,
    valid: {
      execution: 'run-1',
      startTime: '2026-11-22T08:00:00.000Z',
      selection: { includeOus: ['ou-a'], excludeOus: [], exclude: ['111111111111'] },
    },
  },
  'request-reports': {
    schema: RequestReportsEvent,
    valid: { runPrefix, accounts: ['111111111111', '222222222222'] },
  },
  'collect-reports': {
    schema: CollectReportsEvent,
    valid: { date: '2026-11-22', runPrefix, batch: 1, waited: 0, waiting: { seconds: 60, cycles: 45 } },
  },
  'summarize-run': {
    schema: SummarizeRunEvent,
    valid: {
      runPrefix,
      startTime: '2026-11-22T08:00:00.000Z',
      checks: {
        unusedDays: 45,
        rotationDays: 90,
        rootUnusedDays: 30,
        exemptions: [
          { account: '*', user: 'ci-*', check: 'console-mfa', reason: 'known', expires: '2027-01-01' },
        ],
      },
      digest: 'failures',
    },
  },
};
const cases = Object.entries(events).map(
  ([name, { schema, valid }]) => [name, schema as z.ZodMiniType<object>, valid] as const,
);

describe.each(cases)('the event of %s', (name, schema, valid) => {
  const read = (event: unknown) => validated(schema, event, name);

  it('is accepted unchanged, or rejected with InvalidInput that names it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), edited(valid)), (event) => {
        try {
          expect(event).toMatchObject(read(event));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
          expect((error as Error).message).toMatch(new RegExp(`^${name} is not valid: `));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is accepted as the state machine sends it', () => {
    expect(read(valid)).toEqual(valid);
  });
});

describe('an event that list-accounts accepts', () => {
  it('leads to a run that the next functions accept', () => {
    const execution = fc.oneof(fc.string(), fc.constantFrom('a/b', '.', 'a b', 'é'));
    fc.assert(
      fc.property(execution, (name) => {
        const event = { ...events['list-accounts'].valid, execution: name };
        fc.pre(ListAccountsEvent.safeParse(event).success);
        const next = { runPrefix: runPrefixOf('2026-11-22', name) };
        const summary = { ...events['summarize-run'].valid, ...next };
        expect(SummarizeRunEvent.safeParse(summary).success).toBe(true);
        expect(CollectReportsEvent.safeParse({ ...events['collect-reports'].valid, ...next }).success).toBe(
          true,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
