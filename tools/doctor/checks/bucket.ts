import { NotAllowed } from '../aws-reader';
import { check, ok, problem } from '../check';
import { hasExistingBucket } from '../existing-bucket';

export const bucket = check({
  id: 'bucket',
  question: 'Does the existing bucket exist, in the right account and Region?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (
    aws,
    {
      stack: {
        bucket: { name, ownerAccountId },
      },
    },
  ) => {
    const found = await aws.find('s3:HeadBucket', { Bucket: name });
    if (!found) return undefined;
    try {
      await aws.get('s3:HeadBucket', { Bucket: name, ExpectedBucketOwner: ownerAccountId });
      return { region: found.BucketRegion, isOwners: true };
    } catch (error) {
      // The first call was allowed, so it is the owner that is refused.
      if (error instanceof NotAllowed) return { region: found.BucketRegion, isOwners: false };
      throw error;
    }
  },
  judge: (
    found,
    {
      environment,
      stack: {
        bucket: { name, ownerAccountId },
      },
      caller,
    },
  ) => {
    if (!found)
      return problem(
        `there is no bucket ${name}`,
        `aws s3api create-bucket --bucket ${name} --region ${environment.region}`,
      );
    if (!found.isOwners)
      return problem(
        `account ${ownerAccountId} does not own the bucket ${name}: every request would be refused`,
        ownerAccountId === caller.account ? 'Name its owner in bucket.accountId' : 'Correct bucket.accountId',
      );
    if (found.region !== undefined && found.region !== environment.region)
      return problem(
        `the bucket ${name} is in ${found.region}, but the environment is in ${environment.region}`,
        `Set region to ${found.region}, or name a bucket in ${environment.region}`,
      );
    return ok(`${name} belongs to account ${ownerAccountId}, in ${environment.region}`);
  },
});
