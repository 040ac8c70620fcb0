/** What functions and SNS answer to the states, made up so that every branch of the state machine is taken. */
import type { PollResult, Run, RunSummary } from '../../handlers/shared/events';

/** An answer of a task. */
export interface Answer {
  readonly about: string;
  readonly result: object;
}

const run: Omit<Run, 'batches'> = {
  run: '2026-01-01/verify',
  ledger: 'a'.repeat(64),
  nonce: 'random',
  expected: 2,
  skipped: 0,
};

const summary: Omit<RunSummary, 'publish'> = {
  ...{ collected: 2, failed: 0, skipped: 0, users: 4, findings: 1, newFindings: null, complete: true },
  manifest: { key: 'manifests/verify/00000001.json', sha256: 'b'.repeat(64) },
};

/** Characters that JSON escapes, and some outside ASCII. */
const digest = {
  subject: 'the "subject"',
  message: 'line 1\nline 2: \\ {} \u00e9 \u{1f511}',
  chat: '{"version":"1.0","source":"custom"}',
};

const poll = (result: Omit<PollResult, 'decided'>): PollResult => ({ decided: 1, ...result });

const functions: Readonly<Record<string, readonly (readonly [about: string, payload: object])[]>> = {
  'list-accounts': [
    ['two batches', { ...run, batches: [1, 2] } satisfies Run],
    ['no batch', { ...run, batches: [] } satisfies Run],
  ],
  'collect-reports': [
    ['an account is pending', poll({ pending: 1, waitSeconds: 1, waited: 1 })],
    ['an account is pending, but no time is left', poll({ pending: 1, waitSeconds: 0, waited: 2700 })],
    ['no account is pending', poll({ pending: 0, waitSeconds: 0, waited: 1 })],
  ],
  'summarize-run': [
    ['a digest', { ...summary, publish: true, digest } satisfies RunSummary],
    ['no digest', { ...summary, publish: false } satisfies RunSummary],
  ],
};

/**
 * The answers of a task.
 * @throws if nobody has made up an answer for what it calls
 */
export function answersOf({ Resource, Parameters }: Record<string, unknown>): readonly Answer[] {
  const { FunctionName = '' } = Parameters as { FunctionName?: string };
  if (String(Resource).endsWith(':::sns:publish'))
    return [{ about: 'published', result: { MessageId: '00000000-0000-0000-0000-000000000000' } }];
  const [, answers] = Object.entries(functions).find(([name]) => FunctionName.endsWith(`-${name}`)) ?? [];
  if (!answers)
    throw new Error(`tools/teststate/answers.ts has no answer of ${FunctionName || String(Resource)}`);
  return answers.map(([about, Payload]) => ({ about, result: { Payload } }));
}
