/** How the resources of a clone become those of the module, without being made anew. */
import { nameOf } from './normalized';

interface MovesProps {
  /** `cdk.tf.json` of the environment. */
  readonly stack: {
    readonly resource: Readonly<
      Record<
        string,
        Readonly<Record<string, { readonly '//': { readonly metadata: { readonly path: string } } }>>
      >
    >;
  };
  /** What the environment has lists of that resources are made for: targets of the StackSet, and addresses for alerts. */
  readonly items: readonly string[];
  /** Name of the module in the configuration of the caller. */
  readonly module: string;
}

/** A `moved` block for each resource; one that the module has a count of becomes its first. */
export function moves({ stack, items, module }: MovesProps): string {
  const known = items.map((value) => ({ kind: 'items' as const, expression: '', value }));
  const blocks = Object.entries(stack.resource).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([
        name,
        {
          '//': { metadata },
        },
      ]) => {
        const item = metadata.path.split('/').find((part) => items.includes(part));
        const key = item === undefined ? '' : `["${item}"]`;
        return `moved {\n  from = ${type}.${name}\n  to   = module.${module}.${type}.${nameOf(metadata.path, known)}${key}\n}\n`;
      },
    ),
  );
  return blocks.join('\n');
}
