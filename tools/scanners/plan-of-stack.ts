interface Stack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Settings>>>>;
}

type Settings = Readonly<Record<string, unknown>>;

/** What is in a stack beside the attributes of a resource. */
const META = ['//', 'depends_on', 'lifecycle', 'provider'];

/**
 * A stack as a scanner of plans reads it: in the form of `terraform show -json`, with what it creates
 * (https://developer.hashicorp.com/terraform/internals/json-format). What only AWS knows stays an expression.
 * @param text - text of a `cdk.tf.json`
 */
export function planOf(text: string): string {
  const { resource = {} } = JSON.parse(text) as Stack;
  const resources = Object.entries(resource).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([name, settings]) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      values: Object.fromEntries(Object.entries(settings).filter(([key]) => !META.includes(key))),
    })),
  );
  return JSON.stringify({
    format_version: '1.2',
    // checkov reads no plan without it.
    terraform_version: '1.11.0',
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ values, ...resource }) => ({
      ...resource,
      change: { actions: ['create'], before: null, after: values, after_unknown: {} },
    })),
    configuration: {},
  });
}
