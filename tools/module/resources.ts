/** Writes merged stacks as resources, data sources and outputs of Terraform. */
import type { Schema } from '../provider-schema/read-bindings';
import { providerSchema } from '../provider-schema/provider-schema';
import { conditionOf, expression } from './expression';
import { wholeExpression } from './markers';
import { withVariables } from './option';
import type { Node, Part } from './merge';

type Fields = ReadonlyMap<string, Part>;

const spaces = (count: number) => ' '.repeat(count);

export function resourceBlocks(resources: Fields): string[] {
  return [...resources].map(([address, { node, presence }]) => {
    const [type = '', name = ''] = address.split('.');
    const { for_each: each, ...others } = Object.fromEntries(fieldsOf(node, address));
    const settings = body(new Map(Object.entries(others)), providerSchema.resource[type] ?? {}, 2, address);
    return `resource "${type}" "${name}" {\n${timesOf(presence, each)}${settings}}\n`;
  });
}

/** How often a resource is there: once, or once for each item of a list. */
function timesOf(presence: Part['presence'], each: Part | undefined): string {
  const condition = presence && conditionOf(presence);
  if (each) {
    const list = expression(each.node);
    return `  for_each = ${condition === undefined ? list : `${condition} ? ${list} : toset([])`}\n\n`;
  }
  return condition === undefined ? '' : `  count = ${condition} ? 1 : 0\n\n`;
}

/** Resources of which there may be none, and at most one. */
export const countedIn = (resources: Fields): string[] =>
  [...resources].flatMap(([address, { node, presence }]) =>
    presence && node.kind === 'object' && !node.fields.has('for_each') ? [address] : [],
  );

export function dataBlocks(data: Fields): string[] {
  return [...data].map(([address, { node, presence }]) => {
    const [, type = '', name = ''] = address.split('.');
    const count = timesOf(presence, undefined);
    return `data "${type}" "${name}" {\n${count}${body(fieldsOf(node, address), providerSchema.data[type] ?? {}, 2, address)}}\n`;
  });
}

/** @param resources - that the module has */
export function outputBlocks(outputs: Fields, resources: Fields): string[] {
  return [...outputs].map(([name, { node, presence }]) => {
    const fields = fieldsOf(node, name);
    const value = expression(fields.get('value')?.node ?? NOTHING, 2);
    const description = withVariables(expression(fields.get('description')?.node ?? NOTHING));
    const makers = makersOf(name, resources);
    const after = makers.length === 0 ? '' : `\n  depends_on = [${makers.join(', ')}]\n`;
    return `output "${name}" {\n  description = ${description}\n  value = ${orNull(value, presence)}\n${after}}\n`;
  });
}

/** Resources whose name or ARN an output says as a text: callers who use it have to wait for them. */
const MADE_BY: Readonly<Record<string, string>> = {
  report_bucket: 'aws_s3_bucket.storage_report_bucket_bucket',
  state_machine_arn: 'aws_sfn_state_machine.workflow_state_machine',
  alerts_topic_arn: 'aws_sns_topic.alerts_topic',
  chat_topic_arn: 'aws_sns_topic.chat_topic',
  collector_role_arn: 'aws_iam_role.collect_reports_role',
  event_bus_arn: 'aws_cloudwatch_event_bus.event_bus_bus',
};

function makersOf(output: string, resources: Fields): string[] {
  const address = MADE_BY[output];
  if (address === undefined) return [];
  const found = [address, address.replace('.storage_', '.storage_logging_account_')].filter((one) =>
    resources.has(one),
  );
  if (found.length === 0) throw new Error(`${address} is not in the module, but ${output} is its name`);
  return found;
}

const NOTHING: Node = { kind: 'value', value: null };

function fieldsOf(node: Node | undefined, place: string): Fields {
  if (node?.kind !== 'object') throw new Error(`${place} is not a block`);
  return node.fields;
}

/** An attribute that is null is not set. */
const orNull = (value: string, presence: Part['presence']) =>
  presence ? `${conditionOf(presence)} ? ${value} : null` : value;

function body(fields: Fields, schema: Schema, indent: number, place: string): string {
  return [...fields]
    .map(([name, part]) => {
      if (name === 'depends_on') return dependencies(part.node, indent);
      if (name === 'provider') return provider(part.node, indent, place);
      if (name === 'lifecycle') return lifecycle(part, indent, place);
      const nested = schema[name];
      if (typeof nested === 'object') return blocks(name, part, nested, indent, `${place}.${name}`);
      return `${spaces(indent)}${name} = ${orNull(expression(part.node, indent), part.presence)}\n`;
    })
    .join('');
}

/** A StackSet is in the Region where every account is; that needs no other provider. */
function provider(node: Node, indent: number, place: string): string {
  if (node.kind !== 'value') throw new Error(`${place} is in one account or another`);
  const line =
    node.value === 'aws.stack-sets'
      ? 'region = local.member_region'
      : `provider = ${String(node.value).replace('-', '_')}`;
  return `${spaces(indent)}${line}\n`;
}

/** Blocks of one type: those that only some choices have are dynamic. */
function blocks(name: string, part: Part, schema: Schema, indent: number, place: string): string {
  const items = part.node.kind === 'list' ? part.node.items : [{ node: part.node, presence: undefined }];
  return items
    .map((item) => {
      const conditions = [part.presence, item.presence].flatMap((presence) =>
        presence ? [conditionOf(presence)] : [],
      );
      if (conditions.length === 0)
        return `${spaces(indent)}${name} {\n${body(fieldsOf(item.node, place), schema, indent + 2, place)}${spaces(indent)}}\n`;
      const content = body(fieldsOf(item.node, place), schema, indent + 4, place);
      const inner = spaces(indent + 2);
      return `${spaces(indent)}dynamic "${name}" {\n${inner}for_each = ${conditions.join(' && ')} ? [1] : []\n${inner}content {\n${content}${inner}}\n${spaces(indent)}}\n`;
    })
    .join('');
}

/** Terraform wants these as they are; a resource that is not there does not matter. */
function dependencies(node: Node, indent: number): string {
  if (node.kind !== 'list' || node.items.length === 0) return '';
  const addresses = node.items.map(({ node: item }) =>
    item.kind === 'value' ? (wholeExpression(String(item.value)) ?? '') : '',
  );
  return `${spaces(indent)}depends_on = [${addresses.join(', ')}]\n`;
}

/**
 * Resources that callers take away by a choice: targets of the StackSet. A stack of a clone has no such resource any more, and
 * nothing protects it then; in the module the block stays, and would protect it.
 */
const REMOVED_BY_CHOICE = ['aws_cloudformation_stack_set_instance.'];

/** @throws if it depends on a choice, which Terraform does not allow */
function lifecycle({ node, presence }: Part, indent: number, place: string): string {
  const fields = [...fieldsOf(node, place)];
  if (presence || fields.some(([, field]) => field.presence))
    throw new Error(`Terraform wants the lifecycle of ${place} to be the same for everybody`);
  const isRemovable = REMOVED_BY_CHOICE.some((type) => place.startsWith(type));
  const lines = fields
    .filter(([name]) => !(isRemovable && name === 'prevent_destroy'))
    .map(([name, field]) => `${name} = ${lifecycleValue(field.node, `${place}.${name}`)}`);
  return `${spaces(indent)}lifecycle {\n${lines.map((line) => `${spaces(indent + 2)}${line}\n`).join('')}${spaces(indent)}}\n`;
}

function lifecycleValue(node: Node, place: string): string {
  if (node.kind === 'value') return String(node.value);
  // Names of attributes, which have no quotes.
  if (node.kind === 'list' && node.items.every((item) => item.node.kind === 'value' && !item.presence))
    return `[${node.items.map((item) => (item.node.kind === 'value' ? String(item.node.value) : '')).join(', ')}]`;
  throw new Error(`Terraform wants ${place} to be the same for everybody`);
}

/** References to resources that are not always there, as Terraform wants them. */
export function withIndexes(text: string, counted: ReadonlySet<string>): string {
  return text.replaceAll(/(?:data\.)?aws_\w+\.\w+(?=\.)/g, (address) =>
    counted.has(address) ? `${address}[0]` : address,
  );
}
