/** What `cdktf deploy NAME` does before it calls Terraform, for the emulator: FOLDER NAME, and a file beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentFile } from '../environments';
import { adaptToProvider5, synthesizeForEmulator } from '../synthesis';

const [folder = '', name = '', provider = ''] = process.argv.slice(2);
const file = readFileSync(join(folder, 'environments', `${name}.json`), 'utf8');
const stack = synthesizeForEmulator(name, JSON.parse(file) as EnvironmentFile, folder);
if (provider.startsWith('5.')) adaptToProvider5(stack);
