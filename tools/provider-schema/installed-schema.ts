import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project-root';
import { everyStack } from './every-option';
import type { ProviderSchema } from './provider-schema';
import { type Schema, readBindings } from './read-bindings';

/** `npm run verify:cdktn` and `npm run provider-schema` install the bindings here. */
const bindings = join(projectRoot, 'tools', 'cdktn', 'node_modules', '@cdktf', 'provider-aws');

export const areBindingsInstalled = () => existsSync(bindings);

/**
 * The schema of every type that a stack uses, from the installed bindings.
 * @throws if the bindings lack a type
 */
export function installedSchema(): ProviderSchema {
  const stacks = [...everyStack().values()];
  const typesOf = (kind: 'resource' | 'data') =>
    [...new Set(stacks.flatMap((stack) => Object.keys(stack[kind] ?? {})))].sort();
  const schemasOf = (types: readonly string[], prefix: string) =>
    Object.fromEntries(types.map((type) => [type, schemaOf(`${prefix}${type.slice('aws_'.length)}`, type)]));
  const { name, version } = JSON.parse(readFileSync(join(bindings, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return {
    version: /providerVersion: '([\d.]+)'/.exec(moduleOf('s3-bucket'))?.[1] ?? '',
    bindings: `${name} ${version}`,
    provider: schemaOf('provider', 'aws'),
    resource: schemasOf(typesOf('resource'), ''),
    data: schemasOf(typesOf('data'), 'data_aws_'),
  };
}

function schemaOf(module: string, type: string): Schema {
  const read = readBindings(moduleOf(module.replaceAll('_', '-')));
  if (read.type !== type) throw new Error(`The bindings have ${read.type} where ${type} was expected`);
  return read.schema;
}

const moduleOf = (name: string) => readFileSync(join(bindings, 'lib', name, 'index.js'), 'utf8');
