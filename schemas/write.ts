/** Writes the published schemas anew; a test compares them with the source. */
import { writeFileSync } from 'node:fs';
import { MANIFEST_SCHEMA_FILE, manifestSchema } from './manifest';

writeFileSync(MANIFEST_SCHEMA_FILE, manifestSchema());
