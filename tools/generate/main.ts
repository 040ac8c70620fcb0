/** Writes the published JSON schemas anew: `npm run schemas`. Tests compare them with their sources. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchemaJson } from '../../constructs/environment/json-schema';
import { MANIFEST_SCHEMA_FILE, manifestSchema } from './manifest-schema';
import { projectRoot } from '../support/project-root';

writeFileSync(join(projectRoot, 'environments', 'schema.json'), environmentSchemaJson());
writeFileSync(MANIFEST_SCHEMA_FILE, manifestSchema());
