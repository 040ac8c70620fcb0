import { join } from 'node:path';
import * as z from 'zod/mini';
import { Manifest } from '../../handlers/core/manifest';
import { projectRoot } from '../support/project-root';

/** Where the published schema of the manifest lies. */
export const MANIFEST_SCHEMA_FILE = join(projectRoot, 'schemas', 'manifest.json');

/** The schema of the manifest, for programs in any language that read it; later versions may add fields. */
export function manifestSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(Manifest, { io: 'input' });
  const about = {
    $schema,
    title: 'Coverage manifest of IAM credential reports',
    description: 'runs/DATE/EXECUTION/manifest.json in the report bucket',
  };
  return `${JSON.stringify({ ...about, ...schema }, null, 2)}\n`;
}
