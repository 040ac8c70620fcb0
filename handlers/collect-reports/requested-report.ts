import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  type GetCredentialReportResponse,
} from '@aws-sdk/client-iam';
import type { HttpHandlerOptions } from '@smithy/types';
import type { AccountIam } from '../shared/aws/report-role-session';
import { UnexpectedAnswer } from '../shared/aws/unexpected-answer';
import { isThrottled } from './classify-error';

/** IAM has no report that it would return, and does not generate one. */
const noReport = ['CredentialReportNotPresentException', 'CredentialReportExpiredException'];

/**
 * Requests the report of an account, and gets it if it is ready.
 *
 * If IAM has no capacity to generate a report, it may still have one that is less than four hours old: the same that it would
 * have returned after COMPLETE.
 * @returns the report, or the state in which IAM says that its generation is
 * @throws the throttling error if there is no report; any other error of IAM
 */
export async function requestedReport(
  iam: AccountIam,
  options: HttpHandlerOptions,
): Promise<GetCredentialReportResponse | { state: string }> {
  let throttling: unknown;
  try {
    const { State } = await iam.send(new GenerateCredentialReportCommand({}), options);
    if (State === undefined) throw new UnexpectedAnswer('IAM answered without a state');
    if (State !== 'COMPLETE') return { state: State };
  } catch (error) {
    if (!isThrottled(error)) throw error;
    throttling = error;
  }
  try {
    return await iam.send(new GetCredentialReportCommand({}), options);
  } catch (error) {
    const hasNone = error instanceof Error && noReport.includes(error.name);
    throw throttling !== undefined && hasNone ? throttling : error;
  }
}
