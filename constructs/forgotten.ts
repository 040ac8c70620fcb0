import { TerraformElement, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** Makes a construct in a scope, with everything that it can have. */
export type Maker = (scope: Construct, id: string) => void;

/** Options of {@link Forgotten}. */
export interface ForgottenProps {
  /** Scopes where something may be, with what is in the configuration. */
  readonly places: readonly Construct[];
  /** What may be in each of them, by its id. */
  readonly makers: Readonly<Record<string, Maker>>;
}

/**
 * What Terraform forgets if it had created it, and does not destroy: what is not in the configuration, because its option has
 * changed.
 */
export class Forgotten extends TerraformElement {
  private readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, { places, makers }: ForgottenProps) {
    super(scope, id);
    this.addresses = places.flatMap((place) => absentIn(place, makers));
  }

  /**
   * A block may be an object or a list of objects (https://github.com/hashicorp/hcl/blob/main/json/spec.md). As an object
   * it would stop checkov 3.3: it reads none of a file whose `removed` blocks are objects, and still says that all is well.
   */
  override toTerraform() {
    return { removed: this.addresses.map((from) => [{ from, lifecycle: [{ destroy: false }] }]) };
  }
}

/** Addresses come from the position of a construct: what is absent is made where it would be, and taken out again. */
const absentIn = (place: Construct, makers: ForgottenProps['makers']): string[] =>
  Object.entries(makers)
    .filter(([id]) => !place.node.tryFindChild(id))
    .flatMap(([id, make]) => {
      make(place, id);
      const addresses = place.node.findChild(id).node.findAll().flatMap(addressOf);
      place.node.tryRemoveChild(id);
      return addresses;
    });

const addressOf = (construct: unknown) =>
  TerraformResource.isTerraformResource(construct)
    ? [`${construct.terraformResourceType}.${construct.friendlyUniqueId}`]
    : [];
