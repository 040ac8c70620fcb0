/** Writes the published JSON schemas anew: `npm run schemas`. Tests compare them with their sources. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchemaJson } from '../constructs/environment-schema';
import { MANIFEST_SCHEMA_FILE, manifestSchema } from '../schemas/manifest';

writeFileSync(join(__dirname, '..', 'environments', 'schema.json'), environmentSchemaJson());
writeFileSync(MANIFEST_SCHEMA_FILE, manifestSchema());
