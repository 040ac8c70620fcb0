import { check, ok, problem } from '../check';
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
    const { name, objectAcl } = subject.stack.bucket;
    if (ownership === 'BucketOwnerEnforced') return ok('BucketOwnerEnforced: its owner owns every object');
    if (!isInOtherAccount(subject)) return ok(`${ownership}: the bucket is in the account that collects`);
    if (ownership === 'BucketOwnerPreferred' && objectAcl !== '')
      return ok(`${ownership}: its owner owns what is put with ${objectAcl}, as every request says`);
    return problem(
      `${ownership}: account ${subject.caller.account} would own the reports, not the owner of the bucket`,
      `aws s3api put-bucket-ownership-controls --bucket ${name} ` +
        "--ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'",
    );
  },
});
