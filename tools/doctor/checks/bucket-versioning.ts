import { check, ok, warning } from '../check';
import { existingBucket, hasExistingBucket } from '../existing-bucket';

export const bucketVersioning = check({
  id: 'bucket-versioning',
  question: 'Does the existing bucket keep versions?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (aws, subject) => (await aws.get('s3:GetBucketVersioning', existingBucket(subject))).Status,
  judge: (status, { stack }) =>
    status === 'Enabled'
      ? ok('versions are kept')
      : warning(
          'no versions are kept: a report that is replaced on the same day cannot be verified any more',
          `aws s3api put-bucket-versioning --bucket ${stack.bucket.name} --versioning-configuration Status=Enabled`,
        ),
});
