/** The feature of central root access that removes the root credentials of member accounts, as IAM calls it. */
export const ROOT_CREDENTIALS_MANAGEMENT = 'RootCredentialsManagement';

/**
 * Partitions without central root access, because their accounts have no root user to sign in with: China
 * (https://docs.amazonaws.cn/en_us/aws/latest/userguide/iam.html) and GovCloud
 * (https://aws.amazon.com/blogs/aws/centrally-managing-root-access-for-customers-using-aws-organizations/).
 */
const PARTITIONS_WITHOUT = ['aws-cn', 'aws-us-gov'];

export const hasCentralRootAccess = (partition: string): boolean => !PARTITIONS_WITHOUT.includes(partition);
