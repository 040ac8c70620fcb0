import { type Finding, check, ok, problem } from '../check';
import { existingBucket, hasExistingBucket } from '../existing-bucket';

/** Requests that name no encryption get the default of the bucket; the functions have no right to a key that nobody named. */
export const bucketEncryption = check({
  id: 'bucket-encryption',
  question: 'Does the default encryption of the existing bucket fit the file?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (aws, subject) => {
    const found = await aws.find('s3:GetEncryptionConfiguration', existingBucket(subject));
    const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return { algorithm: rule?.SSEAlgorithm ?? 'AES256', keyArn: rule?.KMSMasterKeyID };
  },
  judge: ({ algorithm, keyArn }, { stack: { bucket } }): Finding => {
    const byDefault = `${algorithm}${keyArn === undefined ? '' : ` with ${keyArn}`}`;
    if (bucket.requestedEncryption !== '')
      return ok(`every request asks for ${bucket.requestedEncryption}; the default is ${byDefault}`);
    if (algorithm.startsWith('aws:kms'))
      return problem(
        `the bucket encrypts with ${keyArn ?? 'the key aws/s3'}, which the file does not name: the functions may not use it`,
        `Set encryption to { "kind": "existing-key", "keyArn": "${keyArn ?? 'ARN'}" }`,
      );
    return ok(`${byDefault}, the default of the bucket`);
  },
});
