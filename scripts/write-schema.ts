/** Writes `environments/schema.json` from the schema that checks the environments: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchemaJson } from '../constructs/environment-schema';

writeFileSync(join(__dirname, '..', 'environments', 'schema.json'), environmentSchemaJson());
