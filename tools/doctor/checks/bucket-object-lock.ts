import { check, ok, warning } from '../check';
import { existingBucket, hasExistingBucket } from '../existing-bucket';

export const bucketObjectLock = check({
  id: 'bucket-object-lock',
  question: 'Does the existing bucket lock what is put into it?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (aws, subject) => {
    const found = await aws.find('s3:GetBucketObjectLockConfiguration', existingBucket(subject));
    return found?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  },
  judge: (retention, { environment: { athena } }) => {
    if (!retention) return ok('nothing is locked by default');
    const { Mode = '', Days, Years } = retention;
    const time = Days === undefined ? `${Years ?? 0} years` : `${Days} days`;
    const text = `every object is locked for ${time} (${Mode.toLowerCase()})`;
    return athena
      ? warning(`${text}, results of queries too`, 'Query in a workgroup with another place for its results')
      : ok(text);
  },
});
