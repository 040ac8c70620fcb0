/** Entry of the Lambda function `list-accounts`. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket } from '../shared/aws/report-bucket';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { listAccounts } from './list-accounts';
import { LIST_ACCOUNTS_ATTEMPTS, listAccountsSettings } from './settings';

export const handler = onFirstEvent(() => {
  const settings = readSettings(listAccountsSettings);
  const requestHandler = httpHandler();
  const lambda = new LambdaClient({ requestHandler });
  return listAccounts({
    organizations: new OrganizationsClient({ requestHandler, maxAttempts: LIST_ACCOUNTS_ATTEMPTS }),
    bucket: new ReportBucket(new S3Client({ requestHandler }), settings.reportBucket),
    batchSize: settings.batchSize,
    pagesPerSecond: settings.pagesPerSecond,
    requestReports: (event) =>
      lambda.send(
        new InvokeCommand({
          FunctionName: settings.requestReportsFunction,
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      ),
  });
});
