import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Cpu } from '../../../../tools/bench/modeled-aws/cpu';
import { ModeledAws } from '../../../../tools/bench/modeled-aws/modeled-aws';
import { ModeledBucket } from '../../../../tools/bench/modeled-aws/modeled-bucket';
import { ModeledOrganization } from '../../../../tools/bench/modeled-aws/modeled-organization';
import { ReportBucket } from '../../../../handlers/shared/aws/report-bucket';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { s3UsdOf } from '../../../../tools/bench/figures';
import { model } from '../../../../tools/bench/model';
import type { RunResult } from '../../../../tools/bench/modeled-run';
import { inVirtualTime } from '../../../../tools/bench/virtual-time';

const PLACE = { name: 'reports', owner: '111111111111', prefix: 'security/' };
const REPORT = keys.report('2026-11-22', '222222222222');
const LEDGER = keys.ledger('2026-11-22/run');
const TABLE = keys.day('2026-11-22', 'findings.csv');

/** Uses a modeled bucket in virtual time. */
function using<Result>(work: (bucket: ModeledBucket, aws: ModeledAws) => Promise<Result>): Promise<Result> {
  return inVirtualTime(() => {
    const aws = new ModeledAws(new ModeledOrganization(1, model.report, 1), 1);
    return work(new ModeledBucket(aws), aws);
  });
}

describe('the modeled bucket', () => {
  it('refuses a call that names another owner', async () => {
    await using(async (bucket) => {
      const other = { ...PLACE, owner: '333333333333' };
      const client = new ReportBucket(bucket.client(new Cpu(1_769), PLACE), other);
      await expect(client.put(LEDGER, 'text')).rejects.toThrow('another bucket owner');
    });
  });

  it('refuses a call that it does not know', async () => {
    await using(async (bucket) => {
      const client = bucket.client(new Cpu(1_769), PLACE);
      const call = new HeadObjectCommand({ Bucket: PLACE.name, Key: LEDGER });
      await expect(client.send(call)).rejects.toThrow('does not support HeadObjectCommand');
    });
  });

  it('counts a report once, below the prefix of the environment', async () => {
    await using(async (bucket) => {
      const client = new ReportBucket(bucket.client(new Cpu(1_769), PLACE), PLACE);
      await client.put(REPORT, 'one');
      await client.put(REPORT, 'two');
      expect([bucket.reports, bucket.objects.text(`security/${REPORT}`)]).toEqual([1, 'two']);
    });
  });

  it('charges a copy and a question whether an object exists as much as a write', async () => {
    await using(async (bucket, aws) => {
      const client = new ReportBucket(bucket.client(new Cpu(1_769), PLACE), PLACE);
      const calls = 500;
      for (let call = 0; call < calls; call++) {
        await client.put(LEDGER, 'text');
        await client.copy(LEDGER, TABLE, 4, 'text/plain');
        await client.exists(TABLE);
      }
      const result = { services: { aws, bucket } } as RunResult;
      expect(s3UsdOf(result)).toBeCloseTo(3 * calls * model.s3.usdPerPut, 4);
    });
  });

  describe('takes CPU time', () => {
    /** Milliseconds of a piece of work, without the latency of calls. */
    const cpuMs = (work: (client: ReportBucket) => Promise<unknown>, before?: typeof work) =>
      using(async (bucket, aws) => {
        const client = new ReportBucket(bucket.client(new Cpu(1_769), PLACE), PLACE);
        jest.spyOn(aws, 'call').mockResolvedValue();
        await before?.(client);
        const start = Date.now();
        await work(client);
        return Date.now() - start;
      });
    const {
      perMibOfJson,
      perMibOfReports,
      perMibOfText,
      perListedObject,
      perReview,
      perJoin,
      perMibOfTables,
    } = model.cpuMs;
    const MIB = 2 ** 20;

    it('for JSON, other text and reports, in proportion to their size', async () => {
      const text = 'x'.repeat(10 * MIB);
      const put = (key: string) => (client: ReportBucket) => client.put(key, text);
      expect(await cpuMs(put(LEDGER))).toBeCloseTo(10 * perMibOfJson.written, 0);
      expect(await cpuMs((client) => client.get(LEDGER), put(LEDGER))).toBeCloseTo(10 * perMibOfJson.read, 0);
      expect(await cpuMs(put(TABLE))).toBeCloseTo(10 * perMibOfText, 0);
      expect(await cpuMs(put(REPORT))).toBeCloseTo(10 * (perMibOfText + perMibOfReports), 0);
    });

    it('for every object in a list', async () => {
      const putReports = async (client: ReportBucket) => {
        for (let account = 0; account < 2_000; account++)
          await client.put(keys.report('2026-11-22', String(100_000_000_000 + account)), '');
      };
      const ms = cpuMs((client) => client.list('2026-11-22/'), putReports);
      expect(await ms).toBeCloseTo(2_000 * perListedObject, 0);
    });

    it('for uploading in parts as much as for writing at once', async () => {
      const upload = async (client: ReportBucket) => {
        const parts = client.upload(keys.runFile('2026-11-22/run', 'made', 'findings.csv'), 'text/csv');
        await parts.write('x'.repeat(20 * MIB));
        await parts.complete();
      };
      expect(await cpuMs(upload)).toBeCloseTo(20 * (perMibOfText + perMibOfTables), 0);
    });

    it('for every review that is written or joined, and for both when a report is read', async () => {
      const key = keys.reviews('2026-11-22/run', 1, 0);
      const put = (client: ReportBucket) => client.put(key, 'review\n'.repeat(400));
      expect(await cpuMs(put)).toBeCloseTo(400 * perReview, 0);
      expect(await cpuMs((client) => client.get(key), put)).toBeCloseTo(400 * perJoin, 0);
      const putReport = (client: ReportBucket) => client.put(REPORT, 'report');
      expect(await cpuMs((client) => client.get(REPORT), putReport)).toBeCloseTo(perReview + perJoin, 0);
    });

    it('for nothing that has no charge: such an object is refused', async () => {
      const unknown = (client: ReportBucket) => client.put('parts/1.json', '{}');
      await expect(cpuMs(unknown)).rejects.toThrow(/charges no CPU time for parts\/1.json/);
    });
  });
});
