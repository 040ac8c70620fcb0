/** Reads the schema of a resource from its bindings, which are generated from the provider and have no other form of it. */

/**
 * What can be done with an attribute: `settable`; `filled`, which is settable, and which the provider takes from AWS when it
 * is not set; or `read-only`.
 */
export type Attribute = 'settable' | 'filled' | 'read-only';

/** Attributes by their names in Terraform; a block has attributes of its own. */
export interface Schema {
  readonly [name: string]: Attribute | Schema;
}

/**
 * The schema of the resource, data source or provider that a module of the bindings is about.
 * @param module - text of its `index.js`
 * @throws if the text does not have the form that is expected
 */
export function readBindings(module: string): { type: string; schema: Schema } {
  const type = /static tfResourceType = "(\w+)"/.exec(module)?.[1];
  const settable = /^ {4}synthesizeAttributes\(\) \{\n {8}return \{\n(.*?)^ {8}\};/ms.exec(module)?.[1];
  if (type === undefined || settable === undefined) throw new Error('The module is not about a resource');
  const parts = module.split(/^(?=function |class )/m);
  const blocks = new Map(
    parts.flatMap((part): [string, string][] => {
      const [, name = '', lines = ''] =
        /^function (\w+)ToTerraform\(struct\).*?^ {4}return \{(?:\n(.*?)^ {4})?\};/ms.exec(part) ?? [];
      return name === '' ? [] : [[name, lines]];
    }),
  );
  const comments = commentsByClass(parts);

  const schemaOf = (lines: string, kinds: ReadonlyMap<string, Attribute>): Schema =>
    Object.fromEntries(
      lines
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [, name, value] = /^\s+(\w+): (.*),$/.exec(line) ?? [];
          if (name === undefined || value === undefined) throw new Error(`Cannot read the line ${line}`);
          const block = /(?<!cdktn\.)\b(\w+)ToTerraform\b/.exec(value)?.[1];
          return [name, block === undefined ? (kinds.get(name) ?? 'settable') : blockOf(block)];
        }),
    );
  const blockOf = (name: string): Schema => {
    const lines = blocks.get(name);
    if (lines === undefined) throw new Error(`The module has no function ${name}ToTerraform`);
    const className = `${name.charAt(0).toUpperCase()}${name.slice(1)}OutputReference`;
    return schemaOf(lines, comments.get(className) ?? new Map());
  };

  const own = comments.get('') ?? new Map<string, Attribute>();
  const readOnly = [...own].filter(([, kind]) => kind === 'read-only');
  return { type, schema: { ...Object.fromEntries(readOnly), ...schemaOf(settable, own) } };
}

/** Kinds of attributes by the class of a block; those of the resource itself have an empty name. */
function commentsByClass(parts: readonly string[]): Map<string, Map<string, Attribute>> {
  return new Map(
    parts.map((text) => {
      const [, name = '', parent = ''] = /^class (\w+) extends cdktn\.(\w+)/.exec(text) ?? [];
      const kinds = [...text.matchAll(/\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)/g)].map(
        ([, attribute = '', computed, optional]): [string, Attribute] => [
          attribute,
          computed === 'false' ? 'settable' : optional === 'true' ? 'filled' : 'read-only',
        ],
      );
      return [parent.startsWith('Terraform') ? '' : name, new Map(kinds)];
    }),
  );
}
