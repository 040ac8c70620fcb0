/** How the resources of a clone become those of the module, without being made anew. */
import { nameOf } from './normalized';

/** `cdk.tf.json` of an environment, as far as moves need it. */
export interface DeployedStack {
  readonly resource: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly '//': { readonly metadata: { readonly path: string } } }>>
    >
  >;
}

interface MovesProps {
  readonly stack: DeployedStack;
  /** What the environment has lists of that resources are made for: targets of the StackSet, and addresses for alerts. */
  readonly items: readonly string[];
  /** Name of the module in the configuration of the caller. */
  readonly module: string;
  /** `main.tf` of the module. */
  readonly main: string;
}

/** A `moved` block for each resource. */
export function moves({ stack, items, module, main }: MovesProps): string {
  const known = items.map((value) => ({ kind: 'items' as const, expression: '', value }));
  const counted = new Set(
    [...main.matchAll(/^resource "(\w+)" "(\w+)" \{\n {2}count /gm)].map(
      ([, type, name]) => `${type}.${name}`,
    ),
  );
  const blocks = Object.entries(stack.resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => {
      const { path } = body['//'].metadata;
      const item = path.split('/').find((part) => items.includes(part));
      const address = `${type}.${nameOf(path, known)}`;
      const key = item !== undefined ? `["${item}"]` : counted.has(address) ? '[0]' : '';
      return `moved {\n  from = ${type}.${name}\n  to   = module.${module}.${address}${key}\n}\n`;
    }),
  );
  return blocks.join('\n');
}
