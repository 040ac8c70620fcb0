/** What `cdktf deploy NAME` does before it calls Terraform, for the emulator: synthesize and initialize. Takes FOLDER NAME. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nobody } from '../../support/emulator/aws-cli';
import type { EnvironmentFile } from '../environments';
import { adaptToProvider, synthesizeForEmulator } from '../synthesis';
import { Terraform } from '../terraform';

const [folder = '', name = ''] = process.argv.slice(2);
const file = readFileSync(join(folder, 'environments', `${name}.json`), 'utf8');
const stack = synthesizeForEmulator(name, JSON.parse(file) as EnvironmentFile, folder);
void new Terraform(stack, nobody).init().then((version) => {
  adaptToProvider(stack, version);
});
