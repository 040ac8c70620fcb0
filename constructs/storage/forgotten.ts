import { TerraformElement, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { ReportBucket } from './report-bucket';
import { ReportKey } from './report-key';
import { SigningKey, type SigningKeyProps } from './signing-key';

export interface ForgottenProps {
  readonly deployment: Deployment;
  readonly signer: SigningKeyProps['signer'];
  /** Scopes of the bucket and the keys, with those that are in the configuration. */
  readonly places: readonly Construct[];
}

/**
 * What is meant to last, but is not in the configuration, because its option has changed: Terraform forgets it if it had
 * created it, and does not destroy it.
 */
export class Forgotten extends TerraformElement {
  private readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, props: ForgottenProps) {
    super(scope, id);
    this.addresses = props.places.flatMap((place) => absentIn(place, props));
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
function absentIn(place: Construct, { deployment, signer }: ForgottenProps): string[] {
  const makers = {
    'report-key': (id: string) => {
      new ReportKey(place, id, { deployment }).grant([], { keyArn: undefined });
    },
    'report-bucket': (id: string) => {
      new ReportBucket(place, id, { deployment, objectLock: ANY_LOCK }).grantTo([]);
    },
    'signing-key': (id: string) => new SigningKey(place, id, { deployment, signer }),
  };
  return Object.entries(makers)
    .filter(([id]) => !place.node.tryFindChild(id))
    .flatMap(([id, make]) => {
      make(id);
      const addresses = place.node.findChild(id).node.findAll().flatMap(addressOf);
      place.node.tryRemoveChild(id);
      return addresses;
    });
}

/** A bucket with one has every resource that a bucket can have. */
const ANY_LOCK = { mode: 'governance', days: 1 } as const;

const addressOf = (construct: unknown) =>
  TerraformResource.isTerraformResource(construct)
    ? [`${construct.terraformResourceType}.${construct.friendlyUniqueId}`]
    : [];
