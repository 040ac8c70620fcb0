import { bucketName } from '../../../constructs/environment/fields';
import { generatedBucketName } from '../../../constructs/storage/bucket-name';

const account = '111122223333';
const longestEnvironment = 'e'.repeat(24);

describe('the generated name of a bucket', () => {
  it('ends with account, Region, and -an where S3 has namespaces of accounts', () => {
    expect(generatedBucketName('production', account, 'ap-southeast-1')).toEqual({
      name: 'iam-cr-production-111122223333-ap-southeast-1-an',
      namespace: 'account-regional',
    });
  });

  it.each(['us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'])('does so in %s', (region) => {
    expect(generatedBucketName('x1', account, region).namespace).toBe('account-regional');
  });

  it.each(['me-south-1', 'me-central-1', 'us-iso-east-1', 'us-isof-south-1'])(
    'is in the namespace that all accounts share in %s, where S3 offers no other',
    (region) => {
      const expected = { name: `iam-cr-x1-111122223333-${region}`, namespace: 'global' };
      expect(generatedBucketName('x1', account, region)).toEqual(expected);
    },
  );

  it.each(['us-east-1', 'ap-southeast-1', 'ap-southeast-10', 'me-central-1', 'us-isof-south-1'])(
    'is one that S3 accepts, for the longest name of an environment in %s',
    (region) => {
      const { name } = generatedBucketName(longestEnvironment, account, region);
      expect(bucketName.safeParse(name).error).toBeUndefined();
    },
  );
});
