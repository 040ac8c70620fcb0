import type { TerraformProvider } from 'cdktf';

/** An account other than the one that runs the collection, with the provider that manages it. */
export interface OtherAccount {
  readonly accountId: string;
  readonly provider: TerraformProvider;
}
