import * as z from 'zod/mini';
import { Manifest } from '../../handlers/core/manifest';

/** Text of `schemas/manifest.json`, for programs in any language that read a manifest; later versions may add fields. */
export function manifestSchemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(Manifest, { io: 'input' });
  const about = {
    $schema,
    title: 'Coverage manifest of IAM credential reports',
    description: 'manifests/ENVIRONMENT/NUMBER.json in the report bucket',
  };
  return `${JSON.stringify({ ...about, ...schema }, null, 2)}\n`;
}
