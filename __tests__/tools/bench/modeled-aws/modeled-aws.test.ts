import { ListServiceSpecificCredentialsCommand } from '@aws-sdk/client-iam';
import { type Call, model } from '../../../../tools/bench/model';
import { modeledClients } from '../../../../tools/bench/modeled-aws/clients';
import { Cpu } from '../../../../tools/bench/modeled-aws/cpu';
import { ModeledAws } from '../../../../tools/bench/modeled-aws/modeled-aws';
import { ModeledBucket } from '../../../../tools/bench/modeled-aws/modeled-bucket';
import { ModeledOrganization } from '../../../../tools/bench/modeled-aws/modeled-organization';
import { inVirtualTime } from '../../../../tools/bench/virtual-time';

const modeledAws = () => new ModeledAws(new ModeledOrganization(1, model.report, 1), 1);
const cpu = () => new Cpu(model.lambda.mbPerCpu);

describe('the modeled services', () => {
  it('take the latency and the CPU time of a call', async () => {
    const ms = await inVirtualTime(async () => {
      const start = Date.now();
      await modeledAws().call('AssumeRole', cpu());
      return Date.now() - start;
    });
    const least = model.cpuMs.perCall + model.latencyMs.AssumeRole / 2;
    expect(ms).toBeGreaterThanOrEqual(Math.floor(least));
    expect(ms).toBeLessThanOrEqual(least + model.latencyMs.AssumeRole + 1);
  });

  it.each(['ListUsers', 'toString'])(
    'refuse a call without a latency, so that none is free: %s',
    async (name) => {
      const call = inVirtualTime(() => modeledAws().call(name as Call, cpu()));
      await expect(call).rejects.toThrow(`no latency for ${name}`);
    },
  );

  it('refuse a call of a client that they do not know, and do not answer it as another one', async () => {
    const call = inVirtualTime(() => {
      const aws = modeledAws();
      const services = { aws, bucket: new ModeledBucket(aws) };
      const { iam } = modeledClients(services, cpu(), { name: 'reports', owner: '1', prefix: '' }, 'role');
      return iam.send(new ListServiceSpecificCredentialsCommand({}));
    });
    await expect(call).rejects.toThrow('do not answer ListServiceSpecificCredentials');
  });
});
