import { check, ok, problem } from '../check';
import type { Subject } from '../subject';

export const existingKeyOf = ({ environment: { encryption } }: Pick<Subject, 'environment'>) =>
  encryption.kind === 'existing-key' ? encryption.keyArn : undefined;

export const key = check({
  id: 'key',
  question: 'Is the existing key enabled, and can it encrypt?',
  needs: 'aws',
  applies: (subject) => existingKeyOf(subject) !== undefined,
  read: async (aws, subject) =>
    (await aws.find('kms:DescribeKey', { KeyId: existingKeyOf(subject) }))?.KeyMetadata,
  judge: (found, subject) => {
    const arn = existingKeyOf(subject) ?? '';
    const { region } = subject.environment;
    if (!found) return problem(`there is no key ${arn}`, `aws kms list-keys --region ${region}`);
    if (found.KeySpec !== 'SYMMETRIC_DEFAULT' || found.KeyUsage !== 'ENCRYPT_DECRYPT')
      return problem(
        `${arn} is a key of kind ${found.KeySpec ?? '?'} for ${found.KeyUsage ?? '?'}; S3 needs a symmetric key`,
      );
    if (found.KeyState === 'PendingDeletion')
      return problem(
        `${arn} will be deleted`,
        `aws kms cancel-key-deletion --key-id ${arn} && aws kms enable-key --key-id ${arn}`,
      );
    if (found.KeyState !== 'Enabled')
      return problem(`${arn} is ${found.KeyState ?? 'not enabled'}`, `aws kms enable-key --key-id ${arn}`);
    return ok(`${arn} is enabled`);
  },
});
