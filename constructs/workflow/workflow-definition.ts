import type { RunSettings } from '../../handlers/shared/events';
import { type CollectReportsMapProps, collectReportsMap } from './collect-reports-map';
import { timeLimit } from './run-times';
import { type InvokedFunction, invocation, publication } from './tasks';

export interface WorkflowDefinitionProps extends CollectReportsMapProps {
  readonly topicArn: string;
  /** @default - nothing is published for chats */
  readonly chatTopicArn?: string | undefined;
  readonly listAccounts: InvokedFunction;
  readonly summarizeRun: InvokedFunction;
  /** Settings of every run; `list-accounts` accepts no others, and puts them into the ledger. */
  readonly settings: RunSettings;
}

/**
 * The state machine in the Amazon States Language, in the order of its states. Nothing catches an error: an execution that
 * fails in the state that failed can be redriven, but one that went on to a `Fail` state would only enter that again
 * (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html). `FailedRuns` sends the message. No state
 * reads the input of the execution, so it can be anything.
 */
export function workflowDefinition(props: WorkflowDefinitionProps) {
  const { partition, chatTopicArn } = props;
  return {
    Comment: 'Collects the IAM credential report of every account of the organization',
    StartAt: 'ListAccounts',
    TimeoutSeconds: timeLimit({ ...props.scale, waiting: props.settings.waiting }),
    States: {
      ListAccounts: {
        ...invocation(partition, props.listAccounts, {
          // Its start decides the date of the run. The function asks for it by this ARN.
          'execution.$': '$$.Execution.Id',
          settings: props.settings,
        }),
        OutputPath: '$.Payload',
        Next: 'AnyBatches?',
      },
      'AnyBatches?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.batches[0]', IsPresent: true, Next: 'CollectReports' }],
        Default: 'SummarizeRun',
      },
      CollectReports: collectReportsMap(props),
      SummarizeRun: {
        ...invocation(partition, props.summarizeRun, {
          'run.$': '$.run',
          'ledger.$': '$.ledger',
        }),
        OutputPath: '$.Payload',
        Next: 'DigestDue?',
      },
      'DigestDue?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.publish', BooleanEquals: true, Next: 'PublishDigest' }],
        Default: 'RunSucceeded',
      },
      PublishDigest: {
        ...publication(partition, {
          TopicArn: props.topicArn,
          'Subject.$': '$.digest.subject',
          'Message.$': '$.digest.message',
        }),
        ResultPath: null,
        Next: chatTopicArn === undefined ? 'RunSucceeded' : 'PublishChatMessage',
      },
      ...(chatTopicArn !== undefined && {
        PublishChatMessage: {
          ...publication(partition, { TopicArn: chatTopicArn, 'Message.$': '$.digest.chat' }),
          ResultPath: null,
          Next: 'RunSucceeded',
        },
      }),
      RunSucceeded: { Type: 'Succeed' },
    },
  };
}
