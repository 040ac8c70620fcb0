import { Environment } from '../../../constructs/environment/environment';
import type { DenyPattern } from '../../../tools/existing-bucket/deny-pattern';
import { denyPatterns } from '../../../tools/existing-bucket/deny-patterns';
import { Enforcement } from '../../../tools/policies/enforcement';
import { existingBucket } from '../../../tools/policies/environments';
import { run } from '../../../tools/policies/run';
import { enforcementTests } from './enforcement-tests';

enforcementTests('existing bucket and key of another account');

describe('the policy of an existing bucket of another account', () => {
  const environment = existingBucket();
  const { bucket, organizationId, deployed } = environment;
  const [bucketArn, keyArn] = [`arn:aws:s3:::${bucket.name}`, bucket.keyArn ?? ''];
  const patterns = denyPatterns({ bucketArn, keyArn, organizationId });
  const chosen = Environment.parse({
    bucket: { kind: 'existing', name: bucket.name, accountId: bucket.account },
    encryption: { kind: 'existing-key', keyArn },
  });
  const isPassed = (pattern: DenyPattern) => pattern.isPassed(chosen);
  const denying = (...denied: DenyPattern[]) =>
    deployed.adding('report-bucket/policy', ...denied.map(({ statement }) => statement));
  let enforcement: Enforcement;
  beforeAll(async () => {
    enforcement = await Enforcement.start(environment);
  });
  afterAll(() => enforcement.stop());

  it('may deny at once everything that the table says the functions pass', async () => {
    const result = await run(enforcement, denying(...patterns.filter(isPassed)));
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { collected: 4 } });
    expect(enforcement.denied).toEqual([]);
  });

  it.each(
    patterns.filter((pattern) => !isPassed(pattern)).map((pattern) => [pattern.denies, pattern] as const),
  )('may not deny %s', async (_, pattern) => {
    await run(enforcement, denying(pattern));
    // A run goes on without the tags of earlier runs and the owners file.
    const isOptional = /\/(directory\/\w+|owners)\.json$/;
    const [first] = enforcement.denied.filter(({ resource }) => !isOptional.test(resource));
    expect(first).toMatchObject({ action: 's3:PutObject' });
  });
});
