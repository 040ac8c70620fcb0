import fc from 'fast-check';
import type * as z from 'zod/mini';
import { runningExecution } from '../../../handlers/list-accounts/execution';
import { runOf } from '../../../handlers/shared/bucket-layout';
import { CollectReportsEvent, ListAccountsEvent, SummarizeRunEvent } from '../../../handlers/shared/events';
import { InvalidInput, validated } from '../../../handlers/shared/validation';
import { STATE_MACHINE, executionArn } from '../../../tools/support/embedded-execution';
import { edited } from '../../support/edited';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const run = '2026-11-22/run-1';
const ledger = 'a'.repeat(64);
const events = {
  'list-accounts': {
    schema: ListAccountsEvent,
    valid: {
      execution: executionArn('run-1'),
      settings: {
        selection: { includeOus: ['ou-a'], excludeOus: [], exclude: ['111111111111'] },
        waiting: { seconds: 60, cycles: 45 },
        checks: {
          ...(JSON.parse(JSON.stringify(defaultSettings.checks)) as Record<string, string[]>),
          exemptions: [
            { account: '*', user: 'ci-*', check: 'console-mfa', reason: 'known', expires: '2027-01-01' },
          ],
        },
        digest: 'failures',
        serviceCredentials: false,
      },
    },
  },
  'collect-reports': { schema: CollectReportsEvent, valid: { run, nonce: 'random', batch: 1, waited: 0 } },
  'summarize-run': { schema: SummarizeRunEvent, valid: { run, ledger } },
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

  it('is rejected if it has a field that the function does not know', () => {
    const known = ['run', 'ledger', 'execution', 'settings', 'nonce', 'batch', 'waited'];
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (field, value) => {
        fc.pre(!known.includes(field) && field !== '__proto__');
        expect(() => read({ ...valid, [field]: value })).toThrow(InvalidInput);
      }),
    );
  });
});

describe('an execution that list-accounts accepts', () => {
  const describeExecution = () =>
    Promise.resolve({ status: 'RUNNING', startedAt: new Date('2026-11-22T08:00:00Z') });

  it('leads to a run that the next functions accept', async () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
      fc.constantFrom('a/b', '.', '..', 'a b', 'é'.repeat(80), '🦊'.repeat(80), 'outcomes'),
    );
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        fc.pre(Array.from(text).length <= 80);
        const arn = executionArn(text);
        const accepted = await runningExecution(arn, STATE_MACHINE, describeExecution).catch(() => undefined);
        fc.pre(accepted !== undefined);
        const next = { run: runOf('2026-11-22', accepted.name) };
        for (const { schema, valid } of [events['collect-reports'], events['summarize-run']])
          expect(schema.safeParse({ ...valid, ...next }).success).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
