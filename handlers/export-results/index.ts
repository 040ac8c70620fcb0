/** Entry of the Lambda function `export-results`. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket, bucketPlaceOf } from '../shared/aws/report-bucket';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { exportResults } from './export-results';
import { exportResultsSettings } from './settings';

export const handler = onFirstEvent(() => {
  const settings = readSettings(exportResultsSettings);
  const { environment, partition, eventBus, ocsf } = settings;
  const requestHandler = httpHandler();
  return exportResults({
    bucket: new ReportBucket(new S3Client({ requestHandler }), bucketPlaceOf(settings)),
    environment,
    partition,
    events:
      eventBus === '' ? undefined : { client: new EventBridgeClient({ requestHandler }), bus: eventBus },
    ocsf: ocsf === 'true',
  });
});
