/** Entry of the Lambda function `summarize-run`. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { httpHandler } from '../shared/aws/http-handler';
import { ReportBucket, bucketPlaceOf } from '../shared/aws/report-bucket';
import { onFirstEvent } from '../shared/on-first-event';
import { readSettings } from '../shared/settings';
import { placeOf } from './place';
import { kmsSigner } from './publish/kms-signer';
import { summarizeRunSettings } from './settings';
import { summarizeRun } from './summarize-run';

export const handler = onFirstEvent(() => {
  const settings = readSettings(summarizeRunSettings);
  const { partition, signingKey } = settings;
  const requestHandler = httpHandler();
  return summarizeRun({
    bucket: new ReportBucket(new S3Client({ requestHandler }), bucketPlaceOf(settings)),
    place: placeOf(settings),
    partition,
    signer: signingKey === '' ? undefined : kmsSigner(new KMSClient({ requestHandler }), signingKey),
  });
});
