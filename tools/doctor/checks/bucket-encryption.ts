import { type Finding, check, ok, problem, warning } from '../check';
import { existingBucket, hasExistingBucket } from '../existing-bucket';

/** Without a header, the default of the bucket decides; with a key that nobody named, the functions have no right to it. */
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
  judge: ({ algorithm, keyArn }, { environment: { encryption } }): Finding => {
    const own = encryption.kind === 'existing-key' ? encryption.keyArn : undefined;
    const isKms = algorithm.startsWith('aws:kms');
    if (own === undefined && isKms)
      return problem(
        `the bucket encrypts with ${keyArn ?? 'the key aws/s3'}, which the file does not name: the functions may not use it`,
        `Set encryption to { "kind": "existing-key", "keyArn": "${keyArn ?? 'ARN'}" }`,
      );
    if (own !== undefined && !isKms)
      return warning(
        `the bucket encrypts with ${algorithm} by default, not with ${own}: whatever is put without a header is not ` +
          'encrypted with the key',
        `Let the owner of the bucket make ${own} its default key`,
      );
    if (own !== undefined && keyArn !== undefined && keyArn !== own && !own.endsWith(`/${keyArn}`))
      return problem(
        `the bucket encrypts with ${keyArn} by default, but encryption.keyArn is ${own}`,
        `Set encryption.keyArn to ${keyArn}, or let the owner of the bucket make ${own} its default key`,
      );
    return ok(`${algorithm}${keyArn === undefined ? '' : ` with ${keyArn}`}, as the file says`);
  },
});
