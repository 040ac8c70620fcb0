import type { UntriedRule } from './rule';

const control = (id: string, asks: string, outcome: UntriedRule['outcome'] = 'passed'): UntriedRule => ({
  id,
  asks,
  outcome,
});
const like = (rule: string) => ({ like: rule });

/**
 * The controls of AWS Foundational Security Best Practices in AWS Security Hub CSPM about what is deployed
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html). Left out are those about an account, such
 * as S3.1, and about what is not deployed: VPCs (Lambda.5), access points (S3.19, S3.24), directory buckets (S3.25), event
 * buses (EventBridge.3), ML transforms and Spark jobs (Glue.3, Glue.4).
 */
export const securityHubControls: readonly UntriedRule[] = [
  control('Athena.4', 'workgroups publish metrics'),
  control('IAM.1', 'no managed policy allows every action on everything'),
  control('IAM.21', 'no managed policy allows every action of a service'),
  control('KMS.1', 'no managed policy allows decryption with every key'),
  control('KMS.2', 'no inline policy allows decryption with every key'),
  control('KMS.3', 'no key is about to be deleted'),
  control('KMS.5', 'no key is public', like('CKV_AWS_33')),
  control('Lambda.1', 'no function is public'),
  control('Lambda.2', 'functions have a runtime that is supported', like('CKV_AWS_363')),
  control('S3.2', 'nobody can read a bucket in public', like('CKV_AWS_54')),
  control('S3.3', 'nobody can write to a bucket in public', like('CKV_AWS_54')),
  control('S3.5', 'buckets accept requests over TLS only'),
  control('S3.6', 'no other account can change the settings of a bucket'),
  control('S3.8', 'buckets block public access', like('CKV_AWS_53')),
  control('S3.9', 'requests to buckets are logged', like('CKV_AWS_18')),
  control('S3.12', 'buckets have no ACLs', like('CKV2_AWS_65')),
  control('S3.13', 'buckets have a lifecycle', like('CKV2_AWS_61')),
  control('SNS.4', 'no topic is public', like('CKV_AWS_169')),
  control('SQS.1', 'queues are encrypted', like('CKV_AWS_27')),
  control('SQS.3', 'no queue is public', like('CKV_AWS_168')),
  control('StepFunctions.1', 'state machines write a log'),
];
