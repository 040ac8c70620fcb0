/**
 * What AWS fills in although the stacks may not set it, and why no plan shows it as a change. The documents have it as a table;
 * its tests compare it with what is synthesized and with the schema of the provider.
 */

import { awsDocs, code, issue, pull } from './sources';

export interface FilledAttribute {
  /** Type of the resource and path of the attribute, as Terraform names them. */
  readonly attribute: string;
  /** What AWS fills in. */
  readonly value: string;
  /**
   * Why no plan shows it: it is `set`; the provider takes it over (`taken over`), because its schema says that it is both
   * optional and computed, or that of its block in the source; the stacks have Terraform ignore it (`ignored`); or the
   * provider does not compare it while it is not set (`not compared`).
   */
  readonly handled: 'set' | 'taken over' | 'ignored' | 'not compared';
  /** @default - nothing more to say */
  readonly note?: string;
  readonly source: string;
}

export const filledByAws: readonly FilledAttribute[] = [
  {
    attribute: 'aws_s3_bucket_server_side_encryption_configuration.rule.blocked_encryption_types',
    value: '`["SSE-C"]` in new buckets since April 2026',
    handled: 'set',
    note: 'Unset, versions 6.22 to 6.39 of the provider show a change in every plan',
    source: issue(47320),
  },
  {
    attribute: 'aws_s3_bucket_server_side_encryption_configuration.rule.bucket_key_enabled',
    value: '`false`',
    handled: 'set',
    note: 'Set for KMS keys; otherwise the provider takes it over',
    source: 'https://github.com/turnerlabs/terraform-remote-state/pull/19',
  },
  {
    attribute: 'aws_s3_bucket.object_lock_enabled',
    value: '`true` when Object Lock is configured',
    handled: 'taken over',
    source: code('s3/bucket.go'),
  },
  {
    attribute: 'aws_s3_bucket_lifecycle_configuration.transition_default_minimum_object_size',
    value: '`all_storage_classes_128K` since September 2024',
    handled: 'taken over',
    note: 'No rule moves objects to another storage class',
    source: issue(41073),
  },
  {
    attribute: 'aws_s3_bucket_versioning.versioning_configuration.mfa_delete',
    value: '`Disabled`',
    handled: 'taken over',
    source: code('s3/bucket_versioning.go'),
  },
  {
    attribute: 'aws_lambda_function.architectures',
    value: '`["x86_64"]`',
    handled: 'set',
    source: awsDocs('lambda/latest/api/API_CreateFunction.html'),
  },
  {
    attribute: 'aws_lambda_function.tracing_config.mode',
    value: '`PassThrough`',
    handled: 'set',
    source: awsDocs('lambda/latest/api/API_CreateFunction.html'),
  },
  {
    attribute: 'aws_lambda_function.ephemeral_storage.size',
    value: '512 MB',
    handled: 'taken over',
    source: code('lambda/function.go'),
  },
  {
    attribute: 'aws_lambda_function.logging_config',
    value: 'the format `Text` and the log group of the function',
    handled: 'taken over',
    note: 'With the format `JSON`, AWS would also fill in log levels, which have shown as changes; the functions use `Text`',
    source: issue(35301),
  },
  {
    attribute: 'aws_sqs_queue.max_message_size',
    value: '1 MiB since August 2025',
    handled: 'set',
    note: 'The default of the provider is still 256 KiB; set, no change of a default can show',
    source: issue(43692),
  },
  {
    attribute: 'aws_sqs_queue.sqs_managed_sse_enabled',
    value: '`true`',
    handled: 'set',
    source: awsDocs('AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html'),
  },
  {
    attribute: 'aws_sqs_queue.policy',
    value: 'the policy of `aws_sqs_queue_policy`',
    handled: 'taken over',
    source: code('sqs/queue.go'),
  },
  {
    attribute: 'aws_sns_topic.policy',
    value: 'a policy for the account, until `aws_sns_topic_policy` replaces it',
    handled: 'taken over',
    source: code('sns/topic.go'),
  },
  {
    attribute: 'aws_kms_key.rotation_period_in_days',
    value: '365',
    handled: 'taken over',
    source: code('kms/key.go'),
  },
  {
    attribute: 'aws_kms_key.policy',
    value: 'a policy that leaves access to IAM, or that of `aws_kms_key_policy`',
    handled: 'taken over',
    source: code('kms/key.go'),
  },
  {
    attribute: 'aws_sfn_state_machine.encryption_configuration',
    value: '`AWS_OWNED_KEY`',
    handled: 'taken over',
    source: code('sfn/state_machine.go'),
  },
  {
    attribute: 'aws_sfn_state_machine.logging_configuration.level',
    value: '`OFF`',
    handled: 'set',
    source: issue(34697),
  },
  {
    attribute: 'aws_sfn_state_machine.tracing_configuration.enabled',
    value: '`false`',
    handled: 'set',
    source: code('sfn/state_machine.go'),
  },
  {
    attribute: 'aws_scheduler_schedule.action_after_completion',
    value: '`NONE`; the provider knows it since September 2025',
    handled: 'taken over',
    source: pull(44264),
  },
  {
    attribute: 'aws_scheduler_schedule.group_name',
    value: '`default`',
    handled: 'taken over',
    source: code('scheduler/schedule.go'),
  },
  {
    attribute: 'aws_scheduler_schedule.target.retry_policy.maximum_retry_attempts',
    value: '185',
    handled: 'set',
    source: code('scheduler/schedule.go'),
  },
  {
    attribute: 'aws_scheduler_schedule.target.retry_policy.maximum_event_age_in_seconds',
    value: '86,400',
    handled: 'set',
    source: code('scheduler/schedule.go'),
  },
  {
    attribute: 'aws_cloudwatch_metric_alarm.evaluate_low_sample_count_percentiles',
    value: '`evaluate`',
    handled: 'taken over',
    source: code('cloudwatch/metric_alarm.go'),
  },
  {
    attribute: 'aws_cloudwatch_metric_alarm.treat_missing_data',
    value: '`missing`',
    handled: 'set',
    source: awsDocs('AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'),
  },
  {
    attribute: 'aws_cloudwatch_log_group.deletion_protection_enabled',
    value: '`false` since November 2025',
    handled: 'taken over',
    source: pull(45298),
  },
  {
    attribute: 'aws_cloudwatch_log_group.log_group_class',
    value: '`STANDARD`',
    handled: 'taken over',
    source: code('logs/group.go'),
  },
  {
    attribute: 'aws_cloudwatch_log_group.retention_in_days',
    value: 'no retention: logs never expire',
    handled: 'set',
    source: code('logs/group.go'),
  },
  {
    attribute: 'aws_cloudformation_stack_set.administration_role_arn',
    value: 'the ARN of the service-linked role',
    handled: 'ignored',
    note: 'Versions before 6.29 of the provider show a change in every plan',
    source: pull(45992),
  },
  {
    attribute: 'aws_cloudformation_stack_set.execution_role_name',
    value: 'the name of the role that CloudFormation uses in the accounts',
    handled: 'taken over',
    source: code('cloudformation/stack_set.go'),
  },
  {
    attribute: 'aws_cloudformation_stack_set.managed_execution.active',
    value: '`false`',
    handled: 'set',
    source: code('cloudformation/stack_set.go'),
  },
  {
    attribute: 'aws_glue_catalog_database.create_table_default_permission',
    value: 'all permissions for `IAM_ALLOWED_PRINCIPALS`, or what Lake Formation is set to',
    handled: 'taken over',
    source: pull(43226),
  },
  {
    attribute: 'aws_glue_catalog_table.catalog_id',
    value: 'the ID of the account',
    handled: 'taken over',
    source: code('glue/catalog_table.go'),
  },
  {
    attribute: 'aws_athena_workgroup.configuration.engine_version',
    value: '`AUTO`, and the version that this means today',
    handled: 'not compared',
    note: 'The provider hides that a block within `configuration` is missing',
    source: code('athena/workgroup.go'),
  },
  {
    attribute: 'aws_athena_workgroup.configuration.managed_query_results_configuration',
    value: 'not enabled, since June 2025',
    handled: 'not compared',
    note: 'As above',
    source: code('athena/workgroup.go'),
  },
  {
    attribute: 'aws_athena_workgroup.configuration.enable_minimum_encryption_configuration',
    value: '`false`',
    handled: 'taken over',
    source: pull(45744),
  },
  {
    attribute: 'aws_iam_role.managed_policy_arns',
    value: 'what others attach to the role',
    handled: 'taken over',
    source: code('iam/role.go'),
  },
];
