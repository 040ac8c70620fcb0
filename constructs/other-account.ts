import type { TerraformProvider } from 'cdktf';

/** An account beside the one that runs the collection, and the provider that acts there. */
export interface OtherAccount {
  readonly accountId: string;
  readonly provider: TerraformProvider;
}
