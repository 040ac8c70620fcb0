/**
 * What the AWS provider 5.100, with which the end-to-end test may have to run, does not know. The test changes it in the
 * synthesized JSON; so no test has shown that a provider takes it as it is deployed. The documents have this list.
 */
import { holdersOf } from './attribute-path';
import type { StackJson } from './every-option';

export interface UnprovenAttribute {
  /** Type of the resource and path of the attribute, as Terraform names them. */
  readonly attribute: string;
  /** First version of the provider that knows it. */
  readonly since: string;
  /**
   * The attribute's name in version 5, or what stands for a value.
   * @default - the attribute is left out
   */
  readonly instead?: { readonly name: string } | { readonly values: Readonly<Record<string, string>> };
}

export const unprovenAttributes: readonly UnprovenAttribute[] = [
  { attribute: 'aws_s3_bucket.bucket_namespace', since: '6.37.0' },
  { attribute: 'aws_cloudwatch_metric_alarm.warm_up_configuration', since: '6.64.0' },
  {
    attribute: 'aws_s3_bucket_server_side_encryption_configuration.rule.blocked_encryption_types',
    since: '6.22.0',
  },
  {
    attribute: 'aws_lambda_function.runtime',
    since: '6.21.0',
    instead: { values: { 'nodejs24.x': 'nodejs22.x' } },
  },
  {
    attribute: 'aws_cloudformation_stack_set_instance.stack_set_instance_region',
    since: '6.0.0',
    instead: { name: 'region' },
  },
];

/** Changes a stack so that a provider of version 5 takes it. */
export function adaptToProvider5(stack: StackJson): void {
  for (const { attribute, instead } of unprovenAttributes) {
    const { holders, name } = holdersOf(stack, attribute);
    for (const { lifecycle } of holders as { lifecycle?: { ignore_changes?: string[] } }[]) {
      if (lifecycle?.ignore_changes)
        lifecycle.ignore_changes = lifecycle.ignore_changes.filter((ignored) => ignored !== name);
    }
    for (const holder of holders.filter((one) => name in one)) {
      const value = holder[name];
      Reflect.deleteProperty(holder, name);
      if (instead && 'name' in instead) holder[instead.name] = value;
      if (instead && 'values' in instead) holder[name] = instead.values[String(value)] ?? value;
    }
  }
}
