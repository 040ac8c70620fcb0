/** Entry of the Lambda function `request-reports`. */
import { STSClient } from '@aws-sdk/client-sts';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportRoleSession } from '../shared/aws/report-role-session';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { requestReports } from './request-reports';
import { requestReportsSettings } from './settings';

export const handler = onFirstEvent(() => {
  const { partition, stsRegion, reportRoleName, concurrency } = readSettings(requestReportsSettings);
  const requestHandler = httpHandler();
  const role = { partition, name: reportRoleName };
  const sts = new STSClient({ requestHandler, region: stsRegion });
  const sessions = new ReportRoleSession(sts, role, { requestHandler });
  return requestReports({ sessions, concurrency });
});
