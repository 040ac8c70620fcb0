import { type Construct, type IConstruct } from 'constructs';

/** A resource of the bindings whose type has tags. */
interface TaggableResource extends IConstruct {
  tags: Readonly<Record<string, string>>;
  readonly tagsInput: Readonly<Record<string, string>> | undefined;
}

const isTaggable = (construct: IConstruct): construct is TaggableResource => 'tagsInput' in construct;

/**
 * Tags every resource in a construct that can have tags. Not by `default_tags` of a provider: a module has no provider of its
 * own, and that of another app may have other tags. Tags that a resource has already stay.
 */
export function tagResources(scope: Construct, tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length === 0) return;
  for (const resource of scope.node.findAll().filter(isTaggable))
    resource.tags = { ...tags, ...resource.tagsInput };
}
