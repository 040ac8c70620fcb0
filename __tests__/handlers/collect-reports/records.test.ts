import { handler } from '../../../handlers/collect-reports';
import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { keys } from '../../../handlers/shared/bucket-layout';
import { writeSettings } from '../../../handlers/shared/settings';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { ServiceError } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { COLLECTING_ACCOUNT } from '../../../tools/support/embedded-execution';
import { RUN, pollOf, startRun } from '../../support/started-run';

/** Enough for the SDK's client to stop retrying: it has tokens for 100 retries of throttled calls. */
const ACCOUNTS = 80;

describe('the function collect-reports', () => {
  const environment = { ...process.env };
  let aws: Embedded;
  beforeEach(() => {
    jest.spyOn(console, 'log').mockReturnValue();
    // Retries without a pause.
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await aws.stop();
  });

  it('records the outcomes with retries of their own, however often S3 throttles the reports', async () => {
    let refusals = 2;
    aws = await embedded({ accounts: ACCOUNTS }, (services) => ({
      ...services,
      s3: (request) => {
        const { pathname } = request.url;
        const isReport = pathname.includes('credentialReport_');
        const isOutcomes = pathname.endsWith(keys.outcomes(RUN, 1));
        if (request.method === 'PUT' && (isReport || (isOutcomes && refusals-- > 0)))
          throw new ServiceError(503, 'SlowDown', 'Reduce your request rate');
        return services.s3!(request);
      },
    }));
    const run = await startRun(aws);
    for (const account of aws.organization.accounts) {
      account.generateReport();
      account.generateReport();
    }
    const { accessKeyId, secretAccessKey } = credentialsOf();
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...writeSettings(collectReportsSettings, {
        reportBucket: 'reports',
        bucketOwner: COLLECTING_ACCOUNT,
        bucketPrefix: '',
        bucketEncryption: '',
        bucketAcl: '',
        partition: 'aws',
        stsRegion: 'us-east-1',
        reportRoleName: 'report-role',
        concurrency: 20,
      }),
    });
    await expect(handler(pollOf(run, 0))).resolves.toMatchObject({ decided: 0, pending: ACCOUNTS });
    expect(aws.json(keys.outcomes(RUN, 1))).toEqual({ batch: 1, outcomes: [] });
  });
});
