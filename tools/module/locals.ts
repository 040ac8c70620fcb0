import { generatedBucketName } from '../../constructs/storage/bucket-name';
import { defaultEnabledRegion } from '../../constructs/partition';
import { checksOfFrameworks, needLists } from '../../constructs/environment/check-rules';
import { expression } from './expression';
import { inputs, regions } from './inputs';
import type { Node } from './merge';
import { valueOf } from './option';
import { checksExpression } from './variables';
import type { Variant } from './variant';

const kindsIn = (isOne: (region: string) => boolean) =>
  valueOf(Object.keys(regions).filter((kind) => isOne(regions[kind]?.[0] ?? '')));

/** In Regions that accounts opt in to, roles and StackSets are in this one. */
const GLOBAL_REGION = defaultEnabledRegion(regions['opt-in']?.[0] ?? '');
const optIn = kindsIn((region) => defaultEnabledRegion(region) !== region);
const withNamespaces = kindsIn(
  (region) => generatedBucketName('', '', region).namespace === 'account-regional',
);

/** Characters that Terraform escapes in JSON, and JavaScript does not (https://developer.hashicorp.com/terraform/language/functions/jsonencode). */
const ESCAPED = ['<', '>', '&', '\u2028', '\u2029'];

/** JSON as JavaScript writes it. Between backslashes that are escaped themselves, every escape is one of Terraform's. */
function asInJavaScript(json: string): string {
  const part = ESCAPED.reduce((text, character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `replace(${text}, "\\\\u${code}", "\\u${code}")`;
  }, 'part');
  return `join("\\\\\\\\", [for part in split("\\\\\\\\", ${json}) : ${part}])`;
}

/** @param settings - of a run, as the state machine passes them to the functions */
export function localsBlock(settings: Node, { owner }: Variant): string {
  const cases = [...inputs].map(([name, { expression: written }]) => `    ${name} = ${written}`);
  const organization = 'data.aws_organizations_organization.organization[0]';
  return `locals {
  region    = data.aws_region.current.region
  partition = data.aws_partition.current.partition
  dns_suffix = data.aws_partition.current.dns_suffix
  # Where every account of the organization is: accounts opt in to some Regions.
  member_region = contains(${optIn}, local.case.region) ? "${GLOBAL_REGION}" : local.region

  organization_id = var.organization_id != null ? var.organization_id : ${organization}.id
  root_id = try(var.role_deployment.targets[0], ${organization}.roots[0].id, null)
  role_path = trimprefix(var.roles.path, "/")
  name_with_underscores = replace(var.name, "-", "_")
  generated_bucket_name = join("-", concat(
    ["iam-cr", var.name, ${owner}.account_id, local.region],
    contains(${withNamespaces}, local.case.region) ? ["an"] : [],
  ))
  bucket_name = var.bucket.name != null ? var.bucket.name : local.generated_bucket_name

  # The time limit of a run of the largest organization.
  time_limit = var.waiting.seconds * var.waiting.cycles + 4 * 3600

  checks_of_frameworks = {
${Object.entries(checksOfFrameworks())
  .map(([id, ids]) => `    ${JSON.stringify(id)} = ${valueOf(ids)}`)
  .join('\n')}
  }
  checks_of_service_credentials = ${valueOf(needLists)}

  checks = ${checksExpression()}
  settings = ${expression(settings, 2)}
  # The functions accept no other settings. The text is as they write it.
  settings_hash = sha256(${asInJavaScript('jsonencode(local.settings)')})

  # What decides which resources there are and what they are like.
  case = {
${cases.join('\n')}
  }
}
`;
}
