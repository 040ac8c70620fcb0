/** Whatever an execution is called, one function alone can write a key: nobody else can change what that one told. */
import type { HandlerName } from '../../../constructs/functions/handler-names';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { targets } from '../../../tools/policies/attacks/targets';
import { isAllowed } from '../../../tools/policies/authorization';
import { enforcedEnvironments } from '../../../tools/policies/environments';
import { HANDLERS } from '../../../tools/policies/functions';

const DATE = '2026-11-22';
const MADE = '0123456789abcdef';

/** Names that AWS Step Functions accepts, or that somebody who invokes a function could pass. */
const EXECUTIONS = [
  'daily',
  'ledgers',
  'outcomes',
  'reviews',
  'runs',
  'manifests',
  'organization',
  'batches',
  'ledger.json',
  'view.json',
  'credentialReport_123456789012.csv',
  '..',
  'x'.repeat(80),
];

/** The writer of each kind of key. */
const keysOf = (execution: string): [writer: HandlerName, key: string][] => {
  const run = runOf(DATE, execution);
  return [
    ['list-accounts', keys.ledger(run)],
    ['list-accounts', keys.batch(run, 1)],
    ['collect-reports', keys.outcomes(run, 1)],
    ['collect-reports', keys.reviews(run, 1, 60)],
    ['export-results', keys.ocsf(run)],
    ['summarize-run', keys.runFile(run, MADE, 'findings.csv')],
    ['summarize-run', keys.runFile(run, MADE, 'snapshot.jsonl')],
    ['summarize-run', keys.view(run)],
    ['summarize-run', keys.signature(keys.view(run), '1234-ab')],
  ];
};

const ofNoExecution: [writer: HandlerName, key: string][] = [
  ['collect-reports', keys.report(DATE, '123456789012')],
  ['summarize-run', keys.manifest('test', 1)],
  ['summarize-run', keys.signature(keys.manifest('test', 1), '1234-ab')],
  ['summarize-run', keys.publicKey('1234-ab')],
  ['summarize-run', keys.day(DATE, 'index.html')],
  ['summarize-run', keys.partition('findings', DATE)],
];

describe.each(enforcedEnvironments().map((environment) => [environment.name, environment] as const))(
  'in the environment %s',
  (_, environment) => {
    const { bucket, deployed } = environment;
    const { role, inBucket } = targets(environment);

    async function writersOf(key: string): Promise<HandlerName[]> {
      const allowed = await Promise.all(
        HANDLERS.map((handler) =>
          isAllowed(
            {
              principal: role(handler),
              action: 's3:PutObject',
              resource: inBucket(key),
              account: bucket.account,
            },
            deployed,
            environment,
          ),
        ),
      );
      return HANDLERS.filter((_handler, index) => allowed[index]);
    }

    it.each(EXECUTIONS)('each key of an execution called %s has one writer', async (execution) => {
      for (const [writer, key] of keysOf(execution)) {
        expect({ key, writers: await writersOf(key) }).toEqual({ key, writers: [writer] });
      }
    });

    it.each(ofNoExecution)('only %s writes %s', async (writer, key) => {
      expect(await writersOf(key)).toEqual([writer]);
    });
  },
);
