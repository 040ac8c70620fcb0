/**
 * What version 6 of the AWS provider deprecates in the types that the stacks use. Its bindings do not say, so this list is from
 * the provider's changelog, guides and documents. A test fails if a stack has one of them.
 */

import { page, pull } from './sources';

export interface Deprecation {
  /** Type and path of the attribute; a type of data source begins with `data.`. */
  readonly attribute: string;
  /** What takes its place. */
  readonly instead: string;
  readonly source: string;
}

const guide = page('guides/version-6-upgrade');

/** Settings of a bucket that are resources of their own since version 4. */
const ofBuckets: Readonly<Record<string, string>> = {
  acceleration_status: 'aws_s3_bucket_accelerate_configuration',
  acl: 'aws_s3_bucket_acl',
  cors_rule: 'aws_s3_bucket_cors_configuration',
  grant: 'aws_s3_bucket_acl',
  lifecycle_rule: 'aws_s3_bucket_lifecycle_configuration',
  logging: 'aws_s3_bucket_logging',
  object_lock_configuration: 'aws_s3_bucket_object_lock_configuration',
  policy: 'aws_s3_bucket_policy',
  replication_configuration: 'aws_s3_bucket_replication_configuration',
  request_payer: 'aws_s3_bucket_request_payment_configuration',
  server_side_encryption_configuration: 'aws_s3_bucket_server_side_encryption_configuration',
  versioning: 'aws_s3_bucket_versioning',
  website: 'aws_s3_bucket_website_configuration',
};

const withOwner = ['lifecycle', 'object_lock', 'server_side_encryption'].map(
  (name) => `${name}_configuration`,
);

export const deprecated: readonly Deprecation[] = [
  ...Object.entries(ofBuckets).map(([name, instead]) => ({
    attribute: `aws_s3_bucket.${name}`,
    instead: `\`${instead}\``,
    source: page('r/s3_bucket'),
  })),
  ...[...withOwner, 'versioning'].map((name) => ({
    attribute: `aws_s3_bucket_${name}.expected_bucket_owner`,
    instead: 'nothing (since 6.31.0)',
    source: pull(46262),
  })),
  {
    attribute: 'aws_iam_role.inline_policy',
    instead: '`aws_iam_role_policy`',
    source: pull(39203),
  },
  {
    attribute: 'aws_iam_role.managed_policy_arns',
    instead: '`aws_iam_role_policy_attachment`',
    source: page('r/iam_role'),
  },
  {
    attribute: 'aws_cloudformation_stack_set_instance.region',
    instead: '`stack_set_instance_region` (since 6.0.0)',
    source: guide,
  },
  {
    attribute: 'provider.s3_us_east_1_regional_endpoint',
    instead: 'nothing (since 6.0.0)',
    source: guide,
  },
  {
    attribute: 'data.aws_organizations_organization.accounts.status',
    instead: '`accounts.state` (since 6.18.0)',
    source: pull(44327),
  },
  {
    attribute: 'data.aws_organizations_organization.non_master_accounts.status',
    instead: '`non_master_accounts.state` (since 6.18.0)',
    source: pull(44327),
  },
];
