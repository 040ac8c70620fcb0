/** Entry of the Lambda function `collect-reports`. */
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket, bucketPlaceOf } from '../shared/aws/report-bucket';
import { ReportRoleSession } from '../shared/aws/report-role-session';
import { endWithWork } from '../shared/aws/work-signal';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { collectReports } from './collect-reports';
import { collectReportsSettings } from './settings';

export const handler = onFirstEvent(() => {
  const settings = readSettings(collectReportsSettings);
  const { partition, stsRegion, reportRoleName, concurrency } = settings;
  const requestHandler = httpHandler();
  const role = { partition, name: reportRoleName };
  const sts = new STSClient({ requestHandler, cacheMiddleware: true, region: stsRegion });
  const bucket = () =>
    new ReportBucket(
      endWithWork(new S3Client({ requestHandler, cacheMiddleware: true })),
      bucketPlaceOf(settings),
    );
  return collectReports({
    sessions: new ReportRoleSession(sts, role, { requestHandler }),
    bucket: bucket(),
    records: bucket(),
    now: () => new Date(),
    hasRootRow: partition !== 'aws-cn',
    partition,
    concurrency,
  });
});
