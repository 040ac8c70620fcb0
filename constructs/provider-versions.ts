import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** 6.64 knows the warm-up of alarms (https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md). */
export const PROVIDER_VERSIONS = '>= 6.64.0, < 7.0.0';

/**
 * Lets the stack of a construct use every version of the AWS provider that works. The bindings would allow exactly the one
 * that they were generated from, which is too old.
 */
export function allowProviderVersions(scope: Construct): void {
  TerraformStack.of(scope).addOverride('terraform.required_providers.aws.version', PROVIDER_VERSIONS);
}
