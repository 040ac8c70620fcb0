/** The message about a run that did not succeed, which EventBridge makes from the event of Step Functions. */
import { documentPlace } from '../document-place';
import { executionLink } from '../../handlers/shared/console-link';
import type { Deployment } from '../deployment';

/** Statuses of an execution that stopped before its end; it can be redriven. */
const UNSUCCESSFUL = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/**
 * The events of this state machine alone. The child executions of its Distributed Map, which send events too, belong to
 * `NAME/LABEL` (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html), and a pattern without a
 * wildcard matches the whole value.
 */
export const failedRunPattern = ({ stateMachineArn }: Deployment) => ({
  source: ['aws.states'],
  'detail-type': ['Step Functions Execution Status Change'],
  detail: { stateMachineArn: [stateMachineArn], status: UNSUCCESSFUL },
});

/** What the message takes from the event (https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html). */
export const failedRunPaths = {
  execution: '$.detail.executionArn',
  status: '$.detail.status',
  error: '$.detail.error',
  cause: '$.detail.cause',
};

/**
 * The template of the message: JSON, not lines of text. The cause has quotation marks, as a function's error is JSON, and
 * EventBridge does not escape what it puts into a text, but it makes a JSON value of a variable that stands alone
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html). The input of the execution, up
 * to 256 KiB, is left out: SNS accepts no more in a message.
 */
export function failedRunTemplate(deployment: Deployment): string {
  const { environment, region } = deployment;
  const link = executionLink(deployment, '<execution>');
  const fields = {
    message: `${environment}: the run of IAM credential reports did not finish: <status>.`,
    execution: '<execution>',
    error: '<error>',
    cause: '<cause>',
    next:
      'Remove the cause, then continue the run where it stopped, within 14 days: aws stepfunctions redrive-execution ' +
      `--region ${region} --execution-arn <execution> (${documentPlace('operations.md', 'Redrive')})`,
    ...(link !== undefined && { console: link }),
  };
  return JSON.stringify(fields).replaceAll(/"(<\w+>)"/g, '$1');
}
