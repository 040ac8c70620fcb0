/** Entry of the Lambda function `summarize-run`. */
import { S3Client } from '@aws-sdk/client-s3';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket } from '../shared/aws/report-bucket';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { summarizeRunSettings } from './settings';
import { summarizeRun } from './summarize-run';

export const handler = onFirstEvent(() => {
  const { reportBucket, ...settings } = readSettings(summarizeRunSettings);
  const s3 = new S3Client({ requestHandler: httpHandler() });
  return summarizeRun({ bucket: new ReportBucket(s3, reportBucket), ...settings });
});
