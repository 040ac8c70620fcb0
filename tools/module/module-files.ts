import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlerNames } from '../../constructs/functions/handler-names';
import { handlerZip } from '../../constructs/functions/handler-zip';
import { PROVIDER_VERSIONS } from '../../constructs/provider-versions';
import { projectRoot } from '../support/project-root';
import { ROLE_MODULE_FILE, reportRoleJson } from '../support/report-role-json';
import { filesOf } from '../release/files-of';
import { thirdPartyNotices } from '../package/notices';
import { rulesBetweenVariables } from './rules';
import type { Validation } from './limits';
import { withVariables } from './option';
import { withReference } from './readme';
import { formatted } from './formatted';
import { cases } from './inputs';
import { localsBlock } from './locals';
import type { Node, Part } from './merge';
import { mergedStacks } from './merged-stacks';
import { JSON_TEXT } from './normalized';
import { countedIn, dataBlocks, outputBlocks, resourceBlocks, withIndexes } from './resources';
import { sample } from './sample';
import { unusedVariables, variableBlock, variables } from './variables';
import { type Variant, loggingAccount, oneAccount } from './variant';
import type { Choice } from './decision';
import { whole } from './markers';

const TERRAFORM_VERSIONS = '>= 1.11';

type Tree = Extract<Node, { kind: 'object' }>;

/** Every file of the module, by name. */
export const moduleFiles = (): Map<string, string | Uint8Array> =>
  new Map<string, string | Uint8Array>([
    ...configuration(oneAccount),
    ...configuration(loggingAccount),
    [`modules/report-role/${ROLE_MODULE_FILE}`, reportRoleJson()],
    ...handlerNames.map((name): [string, Uint8Array] => [`functions/${name}.zip`, handlerZip(name, {})]),
    ...Object.entries(filesOf(examplesAndTests)).filter(([name]) => !GENERATED_READMES.includes(name)),
    ['LICENSE', readFileSync(join(projectRoot, 'LICENSE'))],
    ['THIRD-PARTY-NOTICES.txt', thirdPartyNotices([])],
  ]);

/** The files of Terraform that describe the collection. */
function configuration(variant: Variant): [name: string, content: string][] {
  const stackOf = (choice: Choice, which: 0 | 1) => sample(variant, choice, which);
  const tree = mergedStacks({ cases, stackOf }) as Tree;
  const [resource, data, output] = ['resource', 'data', 'output'].map((name) => fieldsOf(tree, name));
  const settings = takeSettings(resource ?? new Map());
  const counted = new Set([...countedIn(resource ?? new Map()), ...countedIn(data ?? new Map())]);
  const file = (blocks: readonly string[]) => formatted(withIndexes(blocks.join('\n'), counted));
  const root = variant.folder.replaceAll(/[^/]+/g, '..');
  const main = file([
    lookups(variant),
    ...dataBlocks(data ?? new Map()),
    ...resourceBlocks(resource ?? new Map()),
  ]);
  const files = {
    'README.md': readme(variant, main, descriptionsOf(output ?? new Map())),
    'main.tf': main.replaceAll('${path.module}/', `\${path.module}/${root}`),
    'locals.tf': file([localsBlock(settings, variant)]),
    'outputs.tf': file(outputBlocks(output ?? new Map(), resource ?? new Map())),
    'variables.tf': formatted(variables().map(variableBlock).join('\n')),
    'versions.tf': versions(variant),
  };
  const unused = unusedVariables(
    [main.replace(/^data[^]*?\n}\n/, ''), files['locals.tf'], files['outputs.tf']].join('\n'),
  );
  if (unused.length > 0)
    throw new Error(`Nothing in the module uses ${unused.join(', ')}: tools/module/inputs.ts`);
  return Object.entries(files).map(([name, content]) => [`${variant.folder}${name}`, content]);
}

/** Documents to which the reference is added. */
const GENERATED_READMES = [oneAccount, loggingAccount].map(({ folder }) => `${folder}README.md`);

/** Examples and tests as the module has them, and its documents, to which the reference is added. */
const examplesAndTests = join(__dirname, 'files');

function readme(variant: Variant, main: string, outputs: Readonly<Record<string, string>>): string {
  const addresses = [...main.matchAll(/^(resource|data) "(\w+)" "(\w+)"/gm)].map(
    ([, kind, type = '', name = '']) => (kind === 'data' ? `data.${type}.${name}` : `${type}.${name}`),
  );
  const text = readFileSync(join(examplesAndTests, variant.folder, 'README.md'), 'utf8');
  return withReference(text, {
    ...{ variables: variables(), outputs, addresses },
    providers: ['aws', ...(variant.alias === undefined ? [] : [`aws.${variant.alias}`])],
    versions: { terraform: TERRAFORM_VERSIONS, aws: PROVIDER_VERSIONS },
  });
}

/** Descriptions of outputs by name. */
const descriptionsOf = (outputs: ReadonlyMap<string, Part>): Record<string, string> =>
  Object.fromEntries(
    [...outputs].map(([name, { node }]) => {
      const description = fieldsOf(node).get('description')?.node;
      return [name, description?.kind === 'value' ? withVariables(String(description.value)) : ''];
    }),
  );

function fieldsOf(node: Node | undefined, ...path: readonly string[]): Map<string, Part> {
  if (node?.kind !== 'object') throw new Error(`${path.join('.')} is not in the stack`);
  const [name, ...rest] = path;
  return name === undefined
    ? (node.fields as Map<string, Part>)
    : fieldsOf(node.fields.get(name)?.node, ...rest);
}

/** The settings of a run are a value of their own: their hash is needed too. */
function takeSettings(resources: ReadonlyMap<string, Part>): Node {
  const machine = resources.get('aws_sfn_state_machine.workflow_state_machine')?.node;
  const payload = fieldsOf(
    machine,
    'definition',
    JSON_TEXT,
    'States',
    'ListAccounts',
    'Parameters',
    'Payload',
  );
  const settings = payload.get('settings');
  if (!settings) throw new Error('The state machine passes no settings');
  payload.set('settings', { node: { kind: 'value', value: whole('local.settings') }, presence: undefined });
  return settings.node;
}

const versions = ({ alias }: Variant): string => `terraform {
  required_version = "${TERRAFORM_VERSIONS}"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${PROVIDER_VERSIONS}"
${alias === undefined ? '' : `      # Of the account for logs, in the same Region.\n      configuration_aliases = [aws.${alias}]\n`}    }
  }
}
`;

const postcondition = ({ condition, message }: Validation): string =>
  `    postcondition {
      condition     = ${condition.replaceAll('local.partition', 'self.partition')}
      error_message = ${message}
    }
`;

const lookups = ({ alias, owner }: Variant): string => `data "aws_partition" "current" {
  lifecycle {
    # Rules about several variables, or about the Region and its partition.
${rulesBetweenVariables().map(postcondition).join('\n')}  }
}

data "aws_region" "current" {}
${alias === undefined ? '' : loggingAccountLookup(alias, owner)}
# This reads every account of the organization into the state, unless both are given.
data "aws_organizations_organization" "organization" {
  count = var.organization_id == null || (var.role_deployment.kind == "stack-set" && var.role_deployment.targets == null) ? 1 : 0
}
`;

const loggingAccountLookup = (alias: string, owner: string): string => `
data "aws_caller_identity" "${owner.split('.').at(-1)}" {
  provider = aws.${alias}
}
`;
