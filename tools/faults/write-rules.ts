/** Who may write a key, and whether it may be written again. */
import { keyPatterns } from '../../handlers/shared/bucket-layout';
import { matchesPattern } from '../../handlers/core/matches-pattern';
import type { FunctionName } from '../../local/engine/invocation-faults';
import { type BrokenRule, brokenIf } from './broken-rule';
import { ENVIRONMENT } from './state-machine';

/** As the policies of the functions allow it. */
const WRITERS: Record<FunctionName, readonly string[]> = {
  'list-accounts': [keyPatterns.ledgers],
  'collect-reports': [
    keyPatterns.report,
    keyPatterns.serviceCredentials,
    keyPatterns.outcomes,
    keyPatterns.reviews,
  ],
  'summarize-run': [
    keyPatterns.runs,
    keyPatterns.manifests(ENVIRONMENT),
    keyPatterns.signingKeys,
    keyPatterns.days,
    keyPatterns.tables,
  ],
};

/** Whatever the execution is called. */
const WRITTEN_ONCE = [
  keyPatterns.ledgers,
  keyPatterns.manifests(ENVIRONMENT),
  keyPatterns.signingKeys,
  keyPatterns.view,
  `${keyPatterns.runs}.sig`,
];

/** @param writer - undefined if no function of the workflow wrote it */
export function writerRules(key: string, writer: FunctionName | undefined): BrokenRule[] {
  const matching = (name: FunctionName) => WRITERS[name].some((pattern) => matchesPattern(pattern, key));
  const others = (Object.keys(WRITERS) as FunctionName[]).filter((name) => name !== writer && matching(name));
  return brokenIf(
    writer === undefined || !matching(writer) || others.length > 0,
    'a function writes only below its own prefixes',
    `${writer ?? 'nobody'} wrote ${key}`,
  );
}

export function overwriteRules(
  key: string,
  before: Buffer | undefined,
  after: Buffer | undefined,
): BrokenRule[] {
  const isOnce = WRITTEN_ONCE.some((pattern) => matchesPattern(pattern, key));
  const isOfRun = matchesPattern(keyPatterns.runs, key);
  return [
    ...brokenIf(before !== undefined && after === undefined, 'nothing is ever deleted', key),
    ...brokenIf(
      before !== undefined && isOnce,
      'ledgers, batches, manifests, views and signatures are written once',
      key,
    ),
    ...brokenIf(
      before !== undefined && after !== undefined && isOfRun && !before.equals(after),
      'a file of a run is written again only with the same bytes',
      key,
    ),
  ];
}
