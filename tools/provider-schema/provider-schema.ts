import type { Schema } from './read-bindings';
import facts from './schema.json';

/** The part of the schema of the AWS provider that the stacks use: `schema.json`. */
export interface ProviderSchema {
  /** Version of the provider. */
  readonly version: string;
  /** The package that it was read from, and its version. */
  readonly bindings: string;
  readonly provider: Schema;
  /** Schemas of resources by their type, such as `aws_s3_bucket`. */
  readonly resource: Readonly<Record<string, Schema>>;
  /** Schemas of data sources by their type. */
  readonly data: Readonly<Record<string, Schema>>;
}

export const providerSchema: ProviderSchema = facts as ProviderSchema;
