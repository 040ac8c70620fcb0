/** Entry of the Lambda function `list-accounts`. */
import { IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket, bucketPlaceOf } from '../shared/aws/report-bucket';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { TIME_WHILE_LISTING } from '../shared/time-while-listing';
import { deployedExemptions } from './exemptions-copy';
import { globalRegion } from './owners/global-region';
import { listAccounts } from './list-accounts';
import { resultOf } from './invocation-result';
import { LIST_ACCOUNTS_ATTEMPTS, listAccountsSettings } from './settings';

export const handler = onFirstEvent(() => {
  const settings = readSettings(listAccountsSettings);
  const { collectReportsFunction, ...options } = settings;
  const requestHandler = httpHandler();
  // Not repeated: the first invocation may still be working on the batch.
  const lambda = new LambdaClient({
    requestHandler: httpHandler({ connect: 3_000, response: 2 * TIME_WHILE_LISTING }),
    maxAttempts: 1,
  });
  const stepFunctions = new SFNClient({ requestHandler });
  return listAccounts({
    ...options,
    organizations: new OrganizationsClient({ requestHandler, maxAttempts: LIST_ACCOUNTS_ATTEMPTS }),
    iam: new IAMClient({ requestHandler }),
    readExemptions: deployedExemptions,
    ownerClients: () => ({
      organizations: new OrganizationsClient({ requestHandler }),
      tagging: new ResourceGroupsTaggingAPIClient({
        requestHandler,
        region: globalRegion(process.env.AWS_REGION),
      }),
    }),
    bucket: new ReportBucket(new S3Client({ requestHandler }), bucketPlaceOf(settings)),
    describeExecution: async (executionArn) => {
      const { status, startDate } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      return { status, startedAt: startDate };
    },
    collectReports: async (event) => {
      const command = { FunctionName: collectReportsFunction, Payload: JSON.stringify(event) };
      return resultOf(await lambda.send(new InvokeCommand(command)));
    },
  });
});
