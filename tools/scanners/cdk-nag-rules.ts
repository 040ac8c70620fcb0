import type { UntriedRule } from './rule';

const rule = (id: string, asks: string, outcome: UntriedRule['outcome'] = 'passed'): UntriedRule => ({
  id: `AwsSolutions-${id}`,
  asks,
  outcome,
});
const like = (other: string) => ({ like: other });

/**
 * The rules of the pack AwsSolutions of cdk-nag 3.0.2 about what is deployed
 * (https://github.com/cdklabs/cdk-nag/blob/main/RULES.md). cdk-nag reads the AWS CDK, and not Terraform: the list is for who
 * compares. Left out are those about what is not deployed: websites (S5), event buses (EVB1), crawlers and jobs (GL1, GL3).
 */
export const cdkNagRules: readonly UntriedRule[] = [
  rule('IAM4', 'no role has a managed policy of AWS'),
  rule('IAM5', 'no policy has a wildcard', {
    refused:
      'accounts, reports, and executions are not known when a policy is written. Each wildcard is within a name of the ' +
      'environment or has a condition, except for actions that support no resources.',
  }),
  rule('KMS5', 'KMS rotates keys that can be rotated', like('CKV_AWS_7')),
  rule('L1', 'functions have the latest runtime'),
  rule('S1', 'requests to buckets are logged', like('CKV_AWS_18')),
  rule('S2', 'buckets block public access', like('CKV_AWS_53')),
  rule('S10', 'buckets accept requests over TLS only'),
  rule('SF1', 'state machines log every event', like('CKV_AWS_285')),
  rule('SF2', 'state machines are traced', like('CKV_AWS_284')),
  rule('SNS3', 'topics accept messages over TLS only'),
  rule('SQS2', 'queues are encrypted', like('CKV_AWS_27')),
  rule('SQS3', 'queues have a dead-letter queue, or are one'),
  rule('SQS4', 'queues accept requests over TLS only'),
];
