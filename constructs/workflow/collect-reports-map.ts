import type { Scale } from '../environment/environment';
import { type InvokedFunction, invocation } from './tasks';

/** Options of {@link CollectReportsMap}. */
export interface CollectReportsMapProps {
  readonly partition: string;
  readonly collectReports: InvokedFunction;
  readonly scale: Scale;
}

/** One child execution for each batch: polls its accounts, waits, and polls again until none is pending. */
export function collectReportsMap({ partition, collectReports, scale }: CollectReportsMapProps) {
  return {
    Type: 'Map',
    Label: 'CollectReports',
    ItemsPath: '$.batches',
    ItemSelector: {
      'run.$': '$.run',
      'nonce.$': '$.nonce',
      'batch.$': '$$.Map.Item.Value',
      // One batch starts per second: STS allows 600 calls per second, which the account also needs for other purposes
      // (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
      'turn.$': '$$.Map.Item.Index',
      progress: { waited: 0 },
    },
    MaxConcurrency: scale.mapConcurrency,
    // The summary reports a batch that failed: its accounts have no outcome. Its child execution ends in the state that
    // failed, and continues there if the run times out or is stopped meanwhile and is redriven
    // (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html).
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'WaitForTurn',
      States: {
        WaitForTurn: { Type: 'Wait', SecondsPath: '$.turn', Next: 'CollectBatch' },
        CollectBatch: {
          ...invocation(partition, collectReports, {
            'run.$': '$.run',
            'nonce.$': '$.nonce',
            'batch.$': '$.batch',
            'waited.$': '$.progress.waited',
          }),
          ResultSelector: {
            'pending.$': '$.Payload.pending',
            'waitSeconds.$': '$.Payload.waitSeconds',
            'waited.$': '$.Payload.waited',
          },
          ResultPath: '$.progress',
          Next: 'AnyPending?',
        },
        'AnyPending?': {
          Type: 'Choice',
          Choices: [
            {
              And: [
                { Variable: '$.progress.pending', NumericGreaterThan: 0 },
                { Variable: '$.progress.waitSeconds', NumericGreaterThan: 0 },
              ],
              Next: 'WaitForReports',
            },
          ],
          Default: 'BatchCollected',
        },
        WaitForReports: { Type: 'Wait', SecondsPath: '$.progress.waitSeconds', Next: 'CollectBatch' },
        // The outcomes are in the bucket; nothing is returned to the parent, however many batches there are.
        BatchCollected: { Type: 'Succeed', OutputPath: null },
      },
    },
    ResultPath: null,
    Next: 'SummarizeRun',
  };
}
