import type { AwsReader } from './aws-reader';
import { type Subject, callAsOf } from './subject';

/** The stack of the report role in an account. */
export interface StackInstance {
  readonly account: string;
  readonly status: string;
  readonly reason: string;
}

/** Name of the StackSet of the report role. */
export const stackSetName = ({ deployment }: Subject) => deployment.nameOf('report-role');

/** Every instance of the StackSet; nothing if there is no StackSet. */
export async function stackInstances(aws: AwsReader, subject: Subject): Promise<StackInstance[] | undefined> {
  const input = { StackSetName: stackSetName(subject), CallAs: callAsOf(subject.environment) } as const;
  if (!(await aws.find('cloudformation:DescribeStackSet', input))) return undefined;
  const pages = await aws.pages('cloudformation:ListStackInstances', input, 'NextToken');
  return pages.flatMap(({ Summaries = [] }) =>
    Summaries.map(({ Account = '', Status = '', StatusReason = '' }) => ({
      account: Account,
      status: Status,
      reason: StatusReason,
    })),
  );
}
