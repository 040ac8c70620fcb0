/** How long a poll takes if AWS throttles it: in virtual time, with the real clients, their retries and their longest pauses. */
import { reviewSettingsOf } from '../../../handlers/shared/run-files';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { STSClient } from '@aws-sdk/client-sts';
import { HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, HttpRequest } from '@smithy/types';
import { defaultOptions } from '../../../constructs/environment/environment';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../../handlers/shared/aws/report-role-session';
import { workSignal } from '../../../handlers/shared/aws/work-signal';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { BatchOutcomes } from '../../../handlers/shared/run-files';
import { ServiceError } from '../../../local/fake-aws/service';
import { Cpu } from '../../../tools/bench/modeled-aws/cpu';
import { ModeledAws } from '../../../tools/bench/modeled-aws/modeled-aws';
import { ModeledOrganization } from '../../../tools/bench/modeled-aws/modeled-organization';
import { START, inVirtualTime } from '../../../tools/bench/virtual-time';
import { COLLECTING_ACCOUNT } from '../../../tools/support/embedded-execution';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { reportStore } from '../../support/report-store';

const RUN = '2026-11-22/run-1';
const NONCE = '0'.repeat(64);
const { batchSize, batchConcurrency } = defaultOptions.scale;
const collectFunction = new SynthesizedStack().resource('collect-reports/function');
const TIMEOUT_SECONDS = collectFunction.timeout as number;

/** Attempts of a call that are throttled: none, all but the last one, or all. */
type Throttled = number;
interface Props {
  sts: Throttled;
  s3: Throttled;
  accounts?: number;
  concurrency?: number;
}

/** Counts the attempts of each call, and says which of them are throttled. */
function throttle(times: Throttled) {
  const seen = new Map<string, number>();
  return (call: string) => {
    seen.set(call, (seen.get(call) ?? 0) + 1);
    return seen.get(call)! <= times;
  };
}

const xmlError =
  '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';
const throttling = () =>
  new HttpResponse({ statusCode: 400, headers: { 'content-type': 'text/xml' }, body: Buffer.from(xmlError) });

/** Polls a batch once whose reports are all ready. */
function poll({ sts, s3, accounts = batchSize, concurrency = batchConcurrency }: Props) {
  return inVirtualTime(async () => {
    const organization = new ModeledOrganization(accounts, { medianSeconds: 0, sigma: 0 }, 1);
    for (const id of organization.ids) organization.generate(id);
    const real = new ModeledAws(organization, 2).requestHandler(new Cpu(1024));
    const [throttlesSts, throttlesS3] = [throttle(sts), throttle(s3)];
    const requestHandler = {
      handle: async (request: HttpRequest, options?: HttpHandlerOptions) => {
        // Like the real handler, which sends nothing then.
        workSignal()?.throwIfAborted();
        const [, account] = /iam%3A%3A(\d{12})/.exec(String(request.body)) ?? [];
        return account !== undefined && throttlesSts(account)
          ? { response: throttling() }
          : real.handle(request, options as { abortSignal?: AbortSignal });
      },
    };
    const { s3: memory, bucket } = reportStore();
    const records = new ReportBucket(memory.newClient(), {
      name: memory.name,
      owner: COLLECTING_ACCOUNT,
      prefix: '',
    });
    memory.put(
      keys.batch(RUN, 1),
      JSON.stringify({
        run: RUN,
        nonce: NONCE,
        batch: 1,
        whileListing: false,
        waiting: defaultOptions.waiting,
        review: reviewSettingsOf({ startedAt: '2026-11-22T08:00:00.000Z', settings: defaultSettings }),
        accounts: organization.ids,
      }),
    );
    memory.onCall = ({ method, key }) => {
      if (method === 'PUT' && throttlesS3(key))
        throw new ServiceError(503, 'SlowDown', 'Reduce your request rate');
    };
    const client = {
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAMODELEDCOLLECTOR', secretAccessKey: 'modeled' },
      requestHandler,
    };
    const unsigned = { ...client, signer: { sign: (request: HttpRequest) => Promise.resolve(request) } };
    const role = { partition: 'aws', name: 'report-role' };
    const sessions = new ReportRoleSession(new STSClient(unsigned), role, client);
    const collect = collectReports({ sessions, bucket, records, concurrency, now: () => new Date() });
    const deadline = Date.now() + TIMEOUT_SECONDS * 1000;
    const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
    const result = await collect({ run: RUN, nonce: NONCE, batch: 1, waited: 0 }, context).catch(
      (error: unknown) => error,
    );
    const written = memory.objects.get(keys.outcomes(RUN, 1))?.toString() ?? '{"outcomes":[]}';
    return {
      seconds: (Date.now() - START) / 1000,
      result,
      collected: (JSON.parse(written) as BatchOutcomes).outcomes.length,
    };
  });
}

describe('a poll that AWS throttles', () => {
  beforeEach(() => {
    process.env.AWS_REGION = 'us-east-1';
    jest.spyOn(console, 'log').mockReturnValue();
    // The longest pauses that the SDK makes.
    jest.spyOn(Math, 'random').mockReturnValue(0.999_999);
  });
  afterEach(() => {
    delete process.env.AWS_REGION;
    jest.restoreAllMocks();
  });

  it.each<[Props, number]>([
    [{ sts: 0, s3: 0 }, batchSize],
    // A client has tries for some hundred calls. The more accounts at the same time, the more of them have used some when none are left.
    [{ sts: 0, s3: 2, concurrency: 20 }, 80],
    [{ sts: 2, s3: 0, concurrency: 20 }, 80],
    [{ sts: 2, s3: 2, concurrency: 20 }, 60],
    [{ sts: 0, s3: 2 }, 60],
    [{ sts: 2, s3: 0 }, 60],
    [{ sts: 2, s3: 2 }, 60],
    [{ sts: Infinity, s3: 0 }, 0],
  ])(
    'ends in time and records what it collected, and leaves the others to the next: %j',
    async (props, least) => {
      const { seconds, result, collected } = await poll(props);
      expect(result).toMatchObject({ decided: collected, pending: batchSize - collected });
      expect(collected).toBeGreaterThanOrEqual(least);
      expect(seconds).toBeLessThan(TIMEOUT_SECONDS / 5);
    },
  );

  it.each<Props>([
    { sts: 2, s3: 2 },
    { sts: Infinity, s3: 0 },
    { sts: 0, s3: Infinity },
  ])('ends in time with the largest batch and one account after the other: %j', async (props) => {
    const { seconds } = await poll({ ...props, accounts: 500, concurrency: 1 });
    expect(seconds).toBeLessThan(TIMEOUT_SECONDS);
  });

  it('fails in time if S3 throttles the outcomes too, so that the state machine tries again', async () => {
    const { seconds, result } = await poll({ sts: 0, s3: Infinity });
    expect(result).toMatchObject({ name: 'SlowDown' });
    expect(seconds).toBeLessThan(TIMEOUT_SECONDS / 5);
  });
});
