import type { RunSettings } from '../../handlers/shared/events';
import { type CollectReportsMapProps, collectReportsMap } from './collect-reports-map';
import { documentPlace } from '../document-place';
import { timeLimit } from './run-times';
import { type InvokedFunction, invocation, publication } from './tasks';

/** Options of {@link WorkflowDefinition}. */
export interface WorkflowDefinitionProps extends CollectReportsMapProps {
  readonly topicArn: string;
  /** @default - nothing is published for chats */
  readonly chatTopicArn?: string | undefined;
  readonly listAccounts: InvokedFunction;
  readonly summarizeRun: InvokedFunction;
  /** Absent if other systems get nothing of a run. */
  readonly exportResults?: InvokedFunction | undefined;
  /** Settings of every run; `list-accounts` accepts no others, and puts them into the ledger. */
  readonly settings: RunSettings;
}

/**
 * The state machine in the Amazon States Language, in the order of its states. Nothing catches an error: an execution that
 * fails in the state that failed can be redriven, but one that went on to a `Fail` state would only enter that again
 * (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html). `FailedRuns` sends the message. The export
 * is the exception: the run is finished by then, and no error of the export ends it. No state reads the input of the execution, so
 * it can be anything.
 */
export function workflowDefinition(props: WorkflowDefinitionProps) {
  const { partition, chatTopicArn, exportResults } = props;
  const afterMessages = exportResults ? 'ExportResults' : 'RunSucceeded';
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
        Default: afterMessages,
      },
      PublishDigest: {
        ...publication(partition, {
          TopicArn: props.topicArn,
          'Subject.$': '$.digest.subject',
          'Message.$': '$.digest.message',
        }),
        ResultPath: null,
        Next: chatTopicArn === undefined ? afterMessages : 'PublishChatMessage',
      },
      ...(chatTopicArn !== undefined && {
        PublishChatMessage: {
          ...publication(partition, { TopicArn: chatTopicArn, 'Message.$': '$.digest.chat' }),
          ResultPath: null,
          Next: afterMessages,
        },
      }),
      ...(exportResults && exportStates(props, exportResults)),
      RunSucceeded: { Type: 'Succeed' },
    },
  };
}

/** Other systems get the results when people have them. An export that fails is told. */
function exportStates({ partition, topicArn }: WorkflowDefinitionProps, exportResults: InvokedFunction) {
  return {
    ExportResults: {
      ...invocation(partition, exportResults, { 'manifest.$': '$.manifest' }),
      ResultPath: null,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'TellFailedExport' }],
      Next: 'RunSucceeded',
    },
    TellFailedExport: {
      ...publication(partition, {
        TopicArn: topicArn,
        Subject: 'IAM credential reports: results were not exported',
        'Message.$': `States.Format('The run has ended, and its results are in the bucket. Not all of them were exported to other systems: {}: {} (${documentPlace('integrations.md', 'When an export fails')}). Manifest: {}, SHA-256 {}. Execution: {}', $.failure.Error, $.failure.Cause, $.manifest.key, $.manifest.sha256, $$.Execution.Id)`,
      }),
      ResultPath: null,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'RunSucceeded' }],
      Next: 'RunSucceeded',
    },
  };
}
