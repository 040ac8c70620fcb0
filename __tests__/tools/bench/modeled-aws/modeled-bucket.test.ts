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
      await expect(client.put('file', 'text')).rejects.toThrow('another bucket owner');
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
        await client.put('a', 'text');
        await client.copy('a', 'b', 4, 'text/plain');
        await client.exists('b');
      }
      const result = { services: { aws, bucket } } as RunResult;
      expect(s3UsdOf(result)).toBeCloseTo(3 * calls * model.s3.usdPerPut, 4);
    });
  });

  it('takes CPU time in proportion to the size of a file', async () => {
    const seconds = (bytes: number) =>
      using(async (bucket) => {
        const client = new ReportBucket(bucket.client(new Cpu(1_769), PLACE), PLACE);
        const start = Date.now();
        await client.put('file', 'x'.repeat(bytes));
        return Date.now() - start;
      });
    expect((await seconds(10 * 2 ** 20)) - (await seconds(0))).toBeCloseTo(10 * model.cpuMsPerMib, 0);
  });
});
