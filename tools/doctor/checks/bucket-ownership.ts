import { check, ok, problem, warning } from '../check';
import { existingBucket, hasExistingBucket, isInOtherAccount } from '../existing-bucket';

export const bucketOwnership = check({
  id: 'bucket-ownership',
  question: 'Does the owner of the existing bucket own what the functions put into it?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (aws, subject) => {
    const found = await aws.find('s3:GetBucketOwnershipControls', existingBucket(subject));
    // A bucket without the setting is as buckets were before 2023.
    return found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
  },
  judge: (ownership, subject) => {
    const mend =
      `aws s3api put-bucket-ownership-controls --bucket ${subject.stack.bucket.name} ` +
      "--ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'";
    if (ownership === 'BucketOwnerEnforced') return ok('BucketOwnerEnforced: its owner owns every object');
    if (!isInOtherAccount(subject)) return ok(`${ownership}: the bucket is in the account that collects`);
    return ownership === 'BucketOwnerPreferred'
      ? warning(
          `${ownership}: its owner owns reports only while they are put with bucket-owner-full-control`,
          mend,
        )
      : problem(
          `${ownership}: account ${subject.caller.account} would own the reports, not the owner of the bucket`,
          mend,
        );
  },
});
