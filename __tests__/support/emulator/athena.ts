import { type Answer, type Gap, type Request, json } from './front';

interface Tag {
  Key: string;
  Value: string;
}

interface Call {
  Name?: string;
  ResourceARN?: string;
  Tags?: Tag[];
  TagKeys?: string[];
}

/** moto cannot delete named queries or change workgroups, and knows the tags of data catalogs only. */
export function athenaActions(): Gap {
  /** By the name of a workgroup. */
  const tags = new Map<string, Tag[]>();
  const nameOf = ({ Name, ResourceARN }: Call) => Name ?? ResourceARN?.split('/').at(-1) ?? '';
  const change = (call: Call, removed: readonly string[], added: readonly Tag[]) => {
    const kept = (tags.get(nameOf(call)) ?? []).filter(({ Key }) => !removed.includes(Key));
    tags.set(nameOf(call), [...kept, ...added]);
    return json({});
  };
  return {
    before: ({ headers, body }: Request): Answer | undefined => {
      const [, action = ''] = /^AmazonAthena\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
      if (action === '') return undefined;
      const call = JSON.parse(body.toString()) as Call;
      const { Tags = [], TagKeys = [] } = call;
      switch (action) {
        case 'CreateWorkGroup':
          tags.set(nameOf(call), Tags);
          return undefined;
        case 'DeleteNamedQuery':
        case 'UpdateWorkGroup':
          return json({});
        case 'ListTagsForResource':
          return json({ Tags: tags.get(nameOf(call)) ?? [] });
        case 'TagResource':
          return change(
            call,
            Tags.map(({ Key }) => Key),
            Tags,
          );
        case 'UntagResource':
          return change(call, TagKeys, []);
        default:
          return undefined;
      }
    },
  };
}
